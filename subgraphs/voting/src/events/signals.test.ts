import { describe, expect, it } from 'vitest';
import { createAudience, toSignalMessage } from '../store/audience.ts';
import { createSignals, nudgePauseMs, reactionSpanMs, reactionsAtOnce } from './signals.ts';

/** Two replicas that hear each other as over a channel. */
function createReplicas() {
  const audiences = [createAudience(), createAudience()];
  let at = 1_000_000;
  const replicas = audiences.map(({ onSignal }) =>
    createSignals({
      store: {
        onSignal,
        sendSignal: async (sessionId, signal) => {
          for (const { hear } of audiences) hear(toSignalMessage(sessionId, signal));
        },
      },
      now: () => new Date(at),
    }),
  );
  const [one, other] = replicas;
  if (one === undefined || other === undefined) throw new Error('There are two.');
  return { one, other, pass: (ms: number) => (at += ms) };
}

const limited = (retryAfterSeconds: number) => expect.objectContaining({ code: 'RATE_LIMITED', details: { retryAfterSeconds } });

describe('signals', () => {
  it('nobody is nudged twice in 30 seconds, by whomever and through whichever replica; who was is left out', async () => {
    const { one, other, pass } = createReplicas();
    expect(await one.nudge('s', 'ann', ['ben'])).toEqual(['ben']);
    await expect(other.nudge('s', 'cleo', ['ben'])).rejects.toEqual(limited(30));
    pass(10_000);
    expect(await other.nudge('s', 'cleo', ['ben', 'dan'])).toEqual(['dan']);
    await expect(one.nudge('s', 'ann', ['ben', 'dan'])).rejects.toEqual(limited(20));
    expect(await one.nudge('t', 'ann', ['ben'])).toEqual(['ben']);
    pass(nudgePauseMs - 10_000);
    expect(await one.nudge('s', 'ann', ['ben'])).toEqual(['ben']);
    expect(await one.nudge('s', 'ann', [])).toEqual([]);
  });

  it('a crowd is nudged in signals that fit a notification', async () => {
    const { one, other } = createReplicas();
    const stream = other.watch('s');
    const crowd = Array.from({ length: 250 }, (_, index) => `participant-${index}-of-the-crowd`);
    expect(await one.nudge('s', 'ann', crowd)).toEqual(crowd);
    const heard: string[] = [];
    for (let signal = 0; signal < 3; signal += 1) {
      const { value } = await stream.next();
      expect(toSignalMessage('s', value).length).toBeLessThan(8_000);
      heard.push(...value.participantIds);
    }
    expect(heard).toEqual(crowd);
  });

  it('somebody reacts six times in six seconds at most, and others as they like', async () => {
    const { one, pass } = createReplicas();
    for (let sent = 0; sent < reactionsAtOnce; sent += 1) await one.react('s', 'ann', 'LAUGH');
    await expect(one.react('s', 'ann', 'LAUGH')).rejects.toEqual(limited(reactionSpanMs / 1_000));
    await one.react('s', 'ben', 'LOVE');
    pass(reactionSpanMs);
    await one.react('s', 'ann', 'THINK');
  });

  it('a stream has what its session is sent from then on, until it is returned or all are stopped', async () => {
    const { one, other } = createReplicas();
    await one.react('s', 'ann', 'AGREE');
    const [here, there] = [one.watch('s'), other.watch('s')];
    await one.react('t', 'ann', 'LOVE');
    await one.react('s', 'ann', 'CELEBRATE');
    const reaction = { kind: 'reaction', by: 'ann', reaction: 'CELEBRATE' };
    expect([await here.next(), await there.next()]).toEqual([reaction, reaction].map((value) => ({ done: false, value })));
    const waiting = here.next();
    await here.return?.();
    expect(await waiting).toEqual({ done: true, value: undefined });
    const last = there.next();
    other.stop();
    expect(await last).toEqual({ done: true, value: undefined });
  });
});
