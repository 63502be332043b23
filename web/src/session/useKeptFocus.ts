import { useEffect } from 'react';

/** Where somebody goes on when what they used is gone: the table, or the view that stands in its place on a phone. */
const places = ['table', 'content'];

/**
 * A button that does its work often leaves with it ("Start the round"). The browser then drops the focus to the body, and who uses the keyboard or a
 * screen reader begins again at the top of the page: it goes to the table instead.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    let last: Element | null = document.activeElement;
    const remember = () => {
      last = document.activeElement;
    };
    const keep = () => {
      // What is still there was left by the person, who pressed beside it.
      if (document.activeElement !== document.body || last === null || last.isConnected) return;
      for (const place of places) {
        document.getElementById(place)?.focus({ preventScroll: true });
        if (document.activeElement !== document.body) return;
      }
    };
    const observer = new MutationObserver(keep);
    observer.observe(document.body, { childList: true, subtree: true });
    document.addEventListener('focusin', remember);
    return () => {
      observer.disconnect();
      document.removeEventListener('focusin', remember);
    };
  }, []);
}
