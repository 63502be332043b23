import { expect, inject, it } from 'vitest';
import { runStreamFaults } from './streams.ts';

const adminUrl = inject('TEST_DATABASE_URL');

it.skipIf(adminUrl === undefined)(
  'streams of a session lose nothing, double nothing and go on while voting is killed',
  { timeout: 240_000 },
  async () => {
    expect(await runStreamFaults({ adminUrl: adminUrl as string, kills: 2 })).toEqual({
      kills: 2,
      eventsLost: 0,
      eventsDoubled: 0,
      streamsEnded: 0,
    });
  },
);
