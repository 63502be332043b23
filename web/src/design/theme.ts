import { createStore } from '../store.ts';

export type Theme = 'light' | 'dark';

const storageKey = 'tally.theme';
const device = matchMedia('(prefers-color-scheme: dark)');

function findChosen(): Theme | undefined {
  const stored = localStorage.getItem(storageKey);
  return stored === 'light' || stored === 'dark' ? stored : undefined;
}

/** Whether the page is dark now: as chosen, else as the device is. */
export const isDark = createStore(false);

function apply(): void {
  const chosen = findChosen();
  if (chosen === undefined) delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = chosen;
  isDark.set(chosen === undefined ? device.matches : chosen === 'dark');
}

/** Chooses a theme and remembers it; choosing what the device has anyway follows the device again. */
export function setTheme(theme: Theme): void {
  if ((theme === 'dark') === device.matches) localStorage.removeItem(storageKey);
  else localStorage.setItem(storageKey, theme);
  apply();
}

/** Applies what was chosen before, and follows the device from now on. */
export function restoreTheme(): void {
  device.addEventListener('change', apply);
  apply();
}
