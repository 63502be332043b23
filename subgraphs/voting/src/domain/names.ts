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

// Letters of Greek and Cyrillic that are drawn like Latin ones, and what is drawn alike within Latin: of Unicode's confusables (UTS 39) those that
// keyboards have. The capitals first, since a letter may look like another one in one case only (Н like H, н like nothing).
const lookalikes: readonly (readonly [string, string])[] = [
  ['АВЕЗКМНОРСТУХІЈЅԌԚԜҮΑΒΕΖΗΙΚΜΝΟΡΤΥΧ', 'ABE3KMHOPCTYXIJSGQWYABEZHIKMNOPTYX'],
  ['аеорсухіјѕԁһԛԝүαοντρυχικ', 'aeopcyxijsdhqwyaovtpuxik'],
  ['0', 'O'],
  ['1|I', 'lll'],
];
const seenAs = new Map(lookalikes.flatMap(([from, to]) => [...from].map((letter, at) => [letter, [...to][at] ?? letter] as const)));

/** Equal for names that people would take for the same. */
function toNameKey(name: string): string {
  const letters = [...toLook(name.normalize('NFKC'))].map((letter) => seenAs.get(letter) ?? letter);
  // What became an `I` by its look is one of `l` and `1`, too.
  return letters
    .map((letter) => seenAs.get(letter) ?? letter)
    .join('')
    .toLowerCase();
}
