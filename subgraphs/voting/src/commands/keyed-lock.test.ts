import { describe, expect, it } from 'vitest';
import { createTurns } from './keyed-lock.ts';

const patienceMs = 60_000;

describe('turns', () => {
  it('come in the order of asking, one at a time', async () => {
    const turns = createTurns(patienceMs);
    const seen: string[] = [];
    const work = async (name: string) => {
      const end = await turns.take('session');
      seen.push(`${name} begins`);
      await new Promise((resolve) => setImmediate(resolve));
      seen.push(`${name} ends`);
      end();
    };
    await Promise.all(['one', 'two', 'three'].map(work));
    expect(seen).toEqual(['one begins', 'one ends', 'two begins', 'two ends', 'three begins', 'three ends']);
  });

  it('at different things wait for nobody', async () => {
    const turns = createTurns(patienceMs);
    await turns.take('one');
    await turns.take('other');
  });

  it('do not wait for ever for one that does not end, and are free again afterwards', async () => {
    const turns = createTurns(5);
    await turns.take('session');
    const end = await turns.take('session');
    end();
    await turns.take('session');
  });
});
