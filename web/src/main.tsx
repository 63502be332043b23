import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import './design/fonts.css';
import './design/tokens.css';
import './design/base.css';
import { restoreTheme } from './design/theme.ts';
import { findPreferredLanguage, setLanguage } from './text/text.ts';

restoreTheme();
/** Not awaited by this module: parts that are loaded import from the file that it is in, and would wait for it in turn. */
async function start(): Promise<void> {
  // Without its catalog the page is better in English than not at all.
  await setLanguage(findPreferredLanguage()).catch(() => undefined);
  const container = document.getElementById('page');
  if (container) {
    createRoot(container).render(
      <StrictMode>
        <App />
      </StrictMode>,
    );
  }
}

void start();
