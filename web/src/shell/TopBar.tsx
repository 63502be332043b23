import type { ReactNode } from 'react';
import { Button } from '../design/Button.tsx';
import { Icon, type IconName } from '../design/Icon.tsx';
import { Link } from '../design/Link.tsx';
import type { MenuItem } from '../design/Menu.tsx';
import { showToast } from '../design/Toasts.tsx';
import { isDark, setTheme } from '../design/theme.ts';
import { useStore } from '../store.ts';
import { type Language, languageCodes, languages } from '../text/languages.ts';
import { setLanguage, useLanguage, useText } from '../text/text.ts';
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
  /** The screen offers theme and language in its own menu. */
  readonly isAppearanceElsewhere?: boolean;
}

/** The bar above every screen: where one is, what belongs to the whole, light and language. */
export function TopBar({ title, children, actions, isAppearanceElsewhere }: TopBarProps) {
  const text = useText();
  return (
    <header className={styles.bar}>
      <a className="skip-link" href={isAppearanceElsewhere ? '#table' : '#content'}>
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
        {!isAppearanceElsewhere && <Appearance />}
      </div>
    </header>
  );
}

/** Theme and language as they can be switched now, for the bar and for menus. */
export function useAppearance(): readonly (MenuItem & { readonly icon: IconName; readonly lang?: Language })[] {
  const text = useText();
  const language = useLanguage();
  const dark = useStore(isDark);
  return [
    {
      label: dark ? text('lightTheme') : text('darkTheme'),
      icon: dark ? 'sun' : 'moon',
      onChoose: () => setTheme(dark ? 'light' : 'dark'),
    },
    ...languageCodes
      .filter((code) => code !== language)
      .map((code) => ({
        label: languages[code].name,
        icon: 'globe' as const,
        lang: code,
        onChoose: () => void setLanguage(code).catch(() => showToast('bad', text('part.missing'))),
      })),
  ];
}

function Appearance() {
  return useAppearance().map(({ label, icon, lang, onChoose }) =>
    lang ? (
      <Button key={lang} look="quiet" isIcon title={label} lang={lang} onClick={onChoose}>
        {lang.toUpperCase()} <span className="visually-hidden">{label}</span>
      </Button>
    ) : (
      <Button key={icon} look="quiet" isIcon aria-label={label} onClick={onChoose}>
        <Icon name={icon} />
      </Button>
    ),
  );
}
