import type { TextKey } from './catalog.ts';
import { english } from './english.ts';
import type { Translate } from './text.ts';

/** The catalog's name for something that the graph names, e.g. the deck `fibonacci`; its own name where the catalog has none. */
export function findName(text: Translate, kind: 'deck' | 'discipline' | 'preset' | 'track', name: string): string {
  const key = `${kind}.${name}`;
  return key in english ? text(key as TextKey) : name;
}
