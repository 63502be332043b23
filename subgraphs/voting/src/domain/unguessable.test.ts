import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { requireUnguessable } from './unguessable.ts';

const check = (key: string) => () => requireUnguessable(key, 'key');

describe('an unguessable key', () => {
  it.each([
    ['a random UUID', randomUUID],
    ['128 bits as hexadecimal', () => randomBytes(16).toString('hex')],
    ['256 bits as hexadecimal', () => randomBytes(32).toString('hex')],
  ])('may be %s, a thousand times', (_what, make) => {
    for (let count = 0; count < 1_000; count += 1) expect(check(make())).not.toThrow();
  });

  it('may be a UUID of version 7, as RFC 9562 shows it (appendix A.6)', () => {
    expect(check('017F22E2-79B0-7CC3-98C4-DC0C0C07398F')).not.toThrow();
  });

  it.each([
    'create-session-0001',
    'sprint-12-planning-session',
    'my-request-id-my-request-id',
    '00000000-0000-0000-0000-000000000000',
    '11111111-1111-4111-8111-111111111111',
    '0000000000000000000000000000000000000001',
    'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
    '1732875600000-1732875600000',
    '0123456789abcdef',
    'a b c d e f g h i j k l m n o p',
    '',
  ])('is not "%s": INVALID_INPUT, with the reason', (key) => {
    expect(check(key)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT', message: expect.stringContaining('unguessable') }));
  });
});
