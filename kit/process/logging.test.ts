import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLogger } from './logging.ts';

function open() {
  const lines: string[] = [];
  const log = createLogger('test', 'info', { write: (line) => void lines.push(line) });
  return { log, lines, read: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

/** The names at the top of a JSON object, as they stand in its text: JSON.parse would hide one that is there twice. */
function namesOf(line: string): readonly string[] {
  const flat = line.slice(1, -2).replaceAll(/\{[^{}]*\}/g, '0');
  return [...flat.matchAll(/"(\w+)":/g)].map(([, name = '']) => name);
}

const failing = (message: string) => new Error(message);

describe('the log', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('has each name once in a line, also when the logger of a request is told the request again', () => {
    const { log, lines } = open();
    log.child({ requestId: 'one' }).error({ err: failing('x'), requestId: 'one' }, 'unexpected error');
    const names = namesOf(lines[0] ?? '');
    expect(names.filter((name) => name === 'requestId')).toEqual(['requestId']);
    expect(new Set(names).size).toBe(names.length);
  });

  it('writes one cause once a minute, with how often it came and for which requests', () => {
    const { log, read } = open();
    for (let count = 0; count < 300; count += 1)
      log.child({ requestId: `request-${count}` }).error({ err: failing('no route') }, 'unexpected error');
    expect(read()).toHaveLength(1);
    expect(read()[0]).toMatchObject({ requestId: 'request-0', err: { stack: expect.stringContaining('no route') } });
    vi.advanceTimersByTime(60_000);
    expect(read()).toHaveLength(2);
    expect(read()[1]).toMatchObject({ repeated: 299, msg: 'unexpected error', reason: expect.stringContaining('no route') });
    expect(read()[1]?.['requestIds']).toHaveLength(50);
    log.error({ err: failing('no route') }, 'unexpected error');
    expect(read()).toHaveLength(3);
  });

  it('tells causes apart, and leaves alone what has no error or is no warning', () => {
    const { log, lines } = open();
    log.error({ err: failing('a') }, 'unexpected error');
    log.error({ err: failing('b') }, 'unexpected error');
    log.warn({ reason: 'a' }, 'lost');
    log.warn({ reason: 'a' }, 'lost');
    for (let count = 0; count < 3; count += 1) log.info({ reason: 'a' }, 'lost');
    for (let count = 0; count < 3; count += 1) log.warn('plain');
    expect(lines).toHaveLength(2 + 1 + 3 + 3);
  });
});
