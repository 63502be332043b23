import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createSharedReads } from './shared-reads.ts';

/** What is read: it answers, in the order of the asking, when the test says so. */
function createSource() {
  const asked: PromiseWithResolvers<string>[] = [];
  return {
    ask: () => {
      const answer = Promise.withResolvers<string>();
      asked.push(answer);
      return answer.promise;
    },
    asked,
    count: () => asked.length,
  };
}

describe('reads that are shared', () => {
  it('one read serves all who ask in one moment, and another one serves all who ask during it', async () => {
    const source = createSource();
    const reads = createSharedReads<string>();
    const first = [reads.read('one', source.ask), reads.read('one', source.ask)];
    await expect.poll(source.count).toBe(1);
    // It may have looked already: what was committed since would be missing in its answer.
    const later = [reads.read('one', source.ask), reads.read('one', source.ask)];
    source.asked[0]?.resolve('before');
    expect(await Promise.all(first)).toEqual(['before', 'before']);
    await expect.poll(source.count).toBe(2);
    source.asked[1]?.resolve('after');
    expect(await Promise.all(later)).toEqual(['after', 'after']);
    expect(source.count()).toBe(2);
  });

  it('a read that fails fails for those who shared it, and for nobody after them', async () => {
    const source = createSource();
    const reads = createSharedReads<string>();
    const first = [reads.read('one', source.ask), reads.read('one', source.ask)];
    await expect.poll(source.count).toBe(1);
    const later = reads.read('one', source.ask);
    source.asked[0]?.reject(new Error('away'));
    for (const answer of first) await expect(answer).rejects.toThrow('away');
    await expect.poll(source.count).toBe(2);
    source.asked[1]?.resolve('there');
    expect(await later).toBe('there');
    expect(reads.underWay('one')).toBeUndefined();
  });

  it('a read that hangs holds up nobody who asks later, and other keys are read beside it', async () => {
    const source = createSource();
    const reads = createSharedReads<string>();
    void reads.read('one', source.ask);
    void reads.read('two', source.ask);
    await expect.poll(source.count).toBe(2);
    const later = reads.read('one', source.ask);
    await expect.poll(source.count).toBe(3);
    source.asked[2]?.resolve('there');
    expect(await later).toBe('there');
  });

  it('many who ask one after the other share a few reads, and few who do have one each', async () => {
    const reads = createSharedReads<number>({ gatherMs: 50 });
    let count = 0;
    const ask = async () => {
      count += 1;
      return count;
    };
    for (let index = 0; index < 10; index += 1) expect(await reads.read('few', ask)).toBe(index + 1);
    count = 0;
    const answers: Promise<number>[] = [];
    for (let index = 0; index < 300; index += 1) {
      answers.push(reads.read('many', ask));
      await nextTurn();
    }
    await Promise.all(answers);
    // Twenty before they are many.
    expect(count).toBeLessThan(100);
  });
});
