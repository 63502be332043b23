import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorld, type World } from '../../test/world.ts';
import { start } from '../main.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld(start);
});
afterAll(() => world.stop());

describe('GraphQL over HTTP', () => {
  it('is audited by 61 audits', () => {
    expect(serverAudits({ url: '' })).toHaveLength(61);
  });

  for (const audit of serverAudits({ url: () => world.router.url })) {
    it(`${audit.id} ${audit.name}`, async () => {
      const result = await audit.fn();
      expect(result.status === 'ok' ? '' : result.reason).toBe('');
    });
  }
});
