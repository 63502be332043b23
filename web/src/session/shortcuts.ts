import { useEffect, useLayoutEffect, useRef } from 'react';
import { createStore } from '../store.ts';

/** What each key does; letters are lower case. Undefined: nothing now. */
export type Shortcuts = Readonly<Record<string, (() => void) | undefined>>;

const storageKey = 'tally.shortcuts';

/** Whether single keys do anything: speech input and slips of the hand need a way to switch them off (WCAG 2.1.4). */
export const areShortcutsOn = createStore(localStorage.getItem(storageKey) !== 'off');

export function switchShortcuts(isOn: boolean): void {
  localStorage.setItem(storageKey, isOn ? 'on' : 'off');
  areShortcutsOn.set(isOn);
}

const keylessInputs = new Set(['radio', 'checkbox', 'button', 'submit', 'reset', 'file', 'image']);

/** Whether keys belong to the element that has the focus: a text field, or a list that finds its entries by letters. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !keylessInputs.has(target.type);
  return target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
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
      if (!areShortcutsOn.get() || event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return;
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
  if (/^[\d.,?]$/u.test(key)) return key === ',' ? '.' : key;
  const letter = /^Key([A-Z])$/u.exec(code)?.[1];
  return (letter ?? key).toLowerCase();
}
