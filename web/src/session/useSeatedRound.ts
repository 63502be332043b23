import { useEffect, useReducer, useRef } from 'react';
import { atNextFrame } from '../design/nextFrame.ts';
import type { Round } from './context.ts';

/**
 * The round as the seats show it. At the reveal they follow one frame after the result: thirty cards that get their faces are as much work as all the
 * rest, and both at once are a task that people feel.
 */
export function useSeatedRound(round: Round): Round {
  const before = useRef(round);
  const [, draw] = useReducer((count: number) => count + 1, 0);
  const isRevealing = before.current.state === 'OPEN' && round.state === 'REVEALED';
  useEffect(() => {
    if (!isRevealing) {
      before.current = round;
      return;
    }
    return atNextFrame(() => {
      before.current = round;
      draw();
    });
  }, [round, isRevealing]);
  return isRevealing ? before.current : round;
}
