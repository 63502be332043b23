import { expect, it } from 'vitest';
import { compareGraph, firstRichSeed } from '../../test/compare.ts';
import { start } from '../main.ts';

// 450 documents over 30 supergraphs; `npm run fuzz -- both-ways` goes on from there.
// 5002: a field with @requires that is skipped took the whole fetch of its entity along.
it.each([...Array.from({ length: 19 }, (_, seed) => seed), 5_002, ...Array.from({ length: 10 }, (_, seed) => firstRichSeed + seed)])(
  'supergraph %i is answered as graphql-js answers it without federation',
  async (seed) => {
    const { documents, differences } = await compareGraph(start, seed, 15);
    expect(differences[0]).toBeUndefined();
    expect(documents).toBe(15);
  },
);
