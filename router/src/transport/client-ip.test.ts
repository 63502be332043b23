import type { IncomingMessage } from 'node:http';
import { expect, it } from 'vitest';
import { createClientIp } from './client-ip.ts';

const read = (forwarded: string): string =>
  createClientIp(1)({ headers: { 'x-forwarded-for': forwarded }, socket: { remoteAddress: '10.0.0.1' } } as unknown as IncomingMessage);

it.each([
  ['192.0.2.1', '192.0.2.1'],
  ['192.0.2.1:51234', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['[::ffff:192.0.2.1]:51234', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:0001:2::9', '2001:db8:1:2::/64'],
  ['[2001:db8:1:2::5]:443', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['', '10.0.0.1'],
  ['x'.repeat(5_000), 'x'.repeat(64)],
])('%s counts as %s', (given, expected) => {
  expect(read(given)).toBe(expected);
});
