import { useEffect, useLayoutEffect, useRef } from 'react';

/** What each key does; letters are lower case. Undefined: nothing now. */
export type Shortcuts = Readonly<Record<string, (() => void) | undefined>>;

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));
}

/** Listens to single keys, but not while someone types, holds a modifier or has a dialog or a menu open. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  // With the screen, not after it: a key works from the moment that its button is seen.
  useLayoutEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return;
      if (document.querySelector('dialog[open], [role=menu]')) return;
      const action = latest.current[toKey(event)];
      if (!action) return;
      event.preventDefault();
      action();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, []);
}

// By the key's place, so that R is R on a Cyrillic keyboard, too.
function toKey({ key, code }: KeyboardEvent): string {
  if (/^\d$/u.test(key)) return key;
  const letter = /^Key([A-Z])$/u.exec(code)?.[1];
  return (letter ?? key).toLowerCase();
}
