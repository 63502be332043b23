import { useEffect, useRef } from 'react';
import { toCardKeys, typeKey, typingPauseMs } from './cardKeys.ts';
import type { Round } from './context.ts';
import type { Shortcuts } from './shortcuts.ts';

/** Shortcuts that play cards by what is written on them. A number that could go on, like the 1 of 13, is played after a short pause. */
export function useCardKeys(cards: Round['deck']['cards'], play: ((label: string) => void) | undefined): Shortcuts {
  const typing = useRef<{ buffer: string; timer?: ReturnType<typeof setTimeout> }>({ buffer: '' });
  useEffect(() => {
    const { current } = typing;
    return () => clearTimeout(current.timer);
  }, []);
  if (!play) return {};
  const keys = toCardKeys(cards);

  function press(key: string): void {
    clearTimeout(typing.current.timer);
    const { buffer, label, mayGoOn } = typeKey(keys, typing.current.buffer, key);
    typing.current.buffer = mayGoOn ? buffer : '';
    if (!mayGoOn && label !== undefined) play?.(label);
    if (!mayGoOn) return;
    typing.current.timer = setTimeout(() => {
      typing.current.buffer = '';
      if (label !== undefined) play?.(label);
    }, typingPauseMs);
  }

  const pressed = new Set([...keys.keys()].flatMap((whole) => [...whole]));
  return Object.fromEntries([...pressed].map((key) => [key, () => press(key)]));
}

/** What to type for a card; undefined when no key plays it. */
export function findCardKey(cards: Round['deck']['cards'], label: string): string | undefined {
  return [...toCardKeys(cards)].find(([, played]) => played === label)?.[0];
}
