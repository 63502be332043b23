import type { Round, Settings } from './model.ts';

/** When a round's timer reveals it: at its deadline, if the session has it so; null otherwise. */
export function timedReveal({ atDeadline }: Settings, { deadlineAt }: Pick<Round, 'deadlineAt'>): Date | null {
  return atDeadline === 'REVEAL' ? deadlineAt : null;
}

export function isSameTime(one: Date | null, other: Date | null): boolean {
  return one?.getTime() === other?.getTime();
}
