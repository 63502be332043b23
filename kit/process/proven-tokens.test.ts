import { generateKeyPair, jwtVerify, SignJWT } from 'jose';
import { expect, it } from 'vitest';
import { createProvenTokens } from './proven-tokens.ts';

const { privateKey, publicKey } = await generateKeyPair('EdDSA');
const begin = new Date('2026-11-29T12:00:00Z').getTime();
const sign = (seconds: number) =>
  new SignJWT({ sub: 'ada' })
    .setProtectedHeader({ alg: 'EdDSA' })
    .setExpirationTime(new Date(begin + seconds * 1_000))
    .sign(privateKey);

function clocked(most?: number) {
  let time = begin;
  let checks = 0;
  const now = () => new Date(time);
  const tokens = createProvenTokens<{ exp?: number; sub?: string }>({ now, ...(most === undefined ? {} : { most }) });
  const find = (token: string) =>
    tokens.find(token, async () => {
      checks += 1;
      return (await jwtVerify(token, publicKey, { currentDate: now() })).payload;
    });
  return {
    find,
    pass: (seconds: number) => {
      time += seconds * 1_000;
    },
    checks: () => checks,
  };
}

it('checks a signature once, however often the token comes', async () => {
  const { find, checks } = clocked();
  const token = await sign(300);
  for (let turn = 0; turn < 50; turn += 1) expect((await find(token)).sub).toBe('ada');
  expect(checks()).toBe(1);
});

it('refuses a token from its last second on, however often it came before', async () => {
  const { find, pass } = clocked();
  const token = await sign(300);
  pass(299);
  await find(token);
  pass(1);
  await expect(find(token)).rejects.toMatchObject({ code: 'ERR_JWT_EXPIRED' });
});

it('checks again after ten minutes, so that a key that was taken away ends', async () => {
  const { find, pass, checks } = clocked();
  const token = await sign(3_600);
  for (let minutes = 0; minutes < 30; minutes += 1) {
    await find(token);
    pass(60);
  }
  expect(checks()).toBe(3);
});

it('takes no other token for one that was proven: each changed character is refused', async () => {
  const { find } = clocked();
  const token = await sign(300);
  await find(token);
  for (let at = 0; at < token.length; at += 7) {
    const forged = `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`;
    // The last character of base64url may carry bits that mean nothing.
    if (at < token.length - 1) await expect(find(forged)).rejects.toThrow();
  }
});

it('remembers no refusal, and no more than it may', async () => {
  const { find, checks } = clocked(2);
  await expect(find('nonsense')).rejects.toThrow();
  await expect(find('nonsense')).rejects.toThrow();
  const [first, second, third] = await Promise.all([sign(301), sign(302), sign(303)]);
  for (const token of [first, second, third, second, third]) await find(token);
  expect(checks()).toBe(5);
  await find(first);
  expect(checks()).toBe(6);
});
