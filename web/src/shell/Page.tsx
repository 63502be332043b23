import { type ReactNode, useEffect } from 'react';
import { classes } from '../design/classes.ts';
import styles from './Page.module.css';
import { TopBar } from './TopBar.tsx';

interface PageProps {
  readonly title: string;
  readonly lead?: string;
  readonly isWide?: boolean;
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
}

/** A screen that is read from top to bottom. */
export function Page({ title, lead, isWide, actions, children }: PageProps) {
  useDocumentTitle(title);
  return (
    <>
      <TopBar actions={actions} />
      <main id="content" className={classes(styles.page, isWide && styles.wide)}>
        <div className={styles.intro}>
          <h1>{title}</h1>
          {lead && <p>{lead}</p>}
        </div>
        {children}
      </main>
    </>
  );
}

/** Names the browser's tab after the screen. */
export function useDocumentTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Tally`;
  }, [title]);
}
