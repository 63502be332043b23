import { createStore } from './store.ts';

export type Theme = 'system' | 'light' | 'dark';

const storageKey = 'tally.theme';

function readTheme(): Theme {
  const stored = localStorage.getItem(storageKey);
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}

export const theme = createStore<Theme>('system');

/** Applies a theme and remembers it; `system` follows the device. */
export function setTheme(next: Theme): void {
  if (next === 'system') {
    delete document.documentElement.dataset['theme'];
    localStorage.removeItem(storageKey);
  } else {
    document.documentElement.dataset['theme'] = next;
    localStorage.setItem(storageKey, next);
  }
  theme.set(next);
}

/** Applies what was chosen before. */
export function restoreTheme(): void {
  setTheme(readTheme());
}

/** Whether the page is dark now, whoever decided it. */
export function isDark(): boolean {
  const chosen = theme.get();
  return chosen === 'system' ? matchMedia('(prefers-color-scheme: dark)').matches : chosen === 'dark';
}
