import { expect, it } from 'vitest';
import { compareGraph } from '../../test/compare.ts';
import { start } from '../main.ts';

// 300 documents over 20 supergraphs; `npm run fuzz -- both-ways` goes on from there.
it.each(Array.from({ length: 20 }, (_, seed) => seed))(
  'supergraph %i is answered as graphql-js answers it without federation',
  async (seed) => {
    const { documents, differences } = await compareGraph(start, seed, 15);
    expect(differences[0]).toBeUndefined();
    expect(documents).toBe(15);
  },
);
