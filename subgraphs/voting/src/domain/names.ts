import type { Participant } from './model.ts';
import { toPersonName } from './session.ts';
import { toLook } from './text.ts';

const maxLength = 60;

/**
 * The name that somebody chose, told apart from those of the others who are there: the second Anna is "Anna (2)". So nobody takes a present
 * facilitator's name either. `ownId` is whose name it is to be. Refuses with INVALID_INPUT.
 */
export function toDistinctName(chosen: string, participants: readonly Participant[], ownId: string): string {
  const name = toPersonName(chosen);
  const taken = new Set(participants.filter(({ id, leftAt }) => leftAt === null && id !== ownId).map((other) => toNameKey(other.name)));
  if (!taken.has(toNameKey(name))) return name;
  const base = name.replace(/ \(\d{1,4}\)$/u, '');
  for (let number = 2; ; number += 1) {
    const suffix = ` (${number})`;
    const distinct =
      [...base]
        .slice(0, maxLength - suffix.length)
        .join('')
        .trimEnd() + suffix;
    if (!taken.has(toNameKey(distinct))) return distinct;
  }
}

/** Equal for names that people would take for the same. */
function toNameKey(name: string): string {
  return toLook(name.normalize('NFKC')).toLowerCase();
}
