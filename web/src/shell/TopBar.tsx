import type { ReactNode } from 'react';
import { Button } from '../design/Button.tsx';
import { Icon } from '../design/Icon.tsx';
import { Link } from '../design/Link.tsx';
import { useStore } from '../design/store.ts';
import { isDark, setTheme, theme } from '../design/theme.ts';
import { setLanguage, useLanguage, useText } from '../text/text.tsx';
import styles from './TopBar.module.css';

/** The name of the product as four strokes and a fifth across. */
function Mark() {
  return (
    <svg
      aria-hidden="true"
      width="26"
      height="26"
      viewBox="0 0 32 32"
      fill="none"
      stroke="currentColor"
      strokeWidth="3"
      strokeLinecap="round"
    >
      <path d="M8 7v18M13.3 7v18M18.7 7v18M24 7v18" />
      <path d="M3.5 21.5 28.5 10.5" stroke="var(--gold-fill)" />
    </svg>
  );
}

interface TopBarProps {
  readonly title?: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

/** The bar above every screen: where one is, what belongs to the whole, light and language. */
export function TopBar({ title, children, actions }: TopBarProps) {
  const text = useText();
  const language = useLanguage();
  useStore(theme);
  const dark = isDark();
  return (
    <header className={styles.bar}>
      <a className="skip-link" href="#content">
        {text('skipToContent')}
      </a>
      <Link to={{ name: 'start' }} className={styles.brand} aria-label={text('home')}>
        <Mark />
        <span className={styles.brandName}>Tally</span>
      </Link>
      <div className={styles.middle}>{title !== undefined && <h1 className={styles.title}>{title}</h1>}</div>
      {children}
      <div className={styles.actions}>
        {actions}
        <Button
          look="quiet"
          isIcon
          aria-label={dark ? text('lightTheme') : text('darkTheme')}
          onClick={() => setTheme(dark ? 'light' : 'dark')}
        >
          <Icon name={dark ? 'sun' : 'moon'} />
        </Button>
        <Button
          look="quiet"
          isIcon
          lang={language === 'en' ? 'ru' : 'en'}
          aria-label={language === 'en' ? 'Русский' : 'English'}
          onClick={() => void setLanguage(language === 'en' ? 'ru' : 'en')}
        >
          <span aria-hidden="true">{language === 'en' ? 'RU' : 'EN'}</span>
        </Button>
      </div>
    </header>
  );
}
