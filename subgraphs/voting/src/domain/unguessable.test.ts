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
    '0123456789abcdef0123456789abcdef',
    'fedcba9876543210fedcba9876543210',
    '12345678123456781234567812345678',
    '1234567890123456789012345678901234567890',
    'deadbeefcafe1234deadbeefcafe1234deadbeefcafe1234',
    '20261129181500002026112918150001',
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
    '12345678-1234-4678-9234-567812345678',
    // Of a clock and a machine, and of a name: RFC 9562, appendix A.1 and A.4.
    'C232AB00-9414-11EC-B3C8-9F6BDECED846',
    '2ed6657d-e927-568b-95e1-2665a8aea6a2',
    '018f4e6a-7c1b-7000-8000-000000000001',
    '{550e8400-e29b-41d4-a716-446655440000}',
    'urn:uuid:550e8400-e29b-41d4-a716-446655440000',
    '\u{1F600}'.repeat(16),
    'a b c d e f g h i j k l m n o p',
    // A random one with more around it is another key.
    '017f22e2-79b0-7cc3-98c4-dc0c0c07398f!',
    '!017f22e2-79b0-7cc3-98c4-dc0c0c07398f',
    '017f22e279b07cc398c4dc0c0c07398f!',
    '!017f22e279b07cc398c4dc0c0c07398f',
    '',
  ])('is not "%s": INVALID_INPUT, with the reason', (key) => {
    expect(check(key)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT', message: expect.stringContaining('unguessable') }));
  });
});
