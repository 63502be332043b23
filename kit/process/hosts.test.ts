import { request } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { type Listening, listen } from './http.ts';

let listening: Listening;
afterEach(() => listening.stop());

const serve = async (host: string, allowedHosts: readonly string[] = []) => {
  listening = await listen({
    host,
    port: 0,
    portVariable: 'PORT',
    allowedHosts,
    handle: async (_request, response) => void response.end('here'),
  });
};
const statusFor = (host: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: listening.port, headers: { host } }, (response) =>
      resolve(response.resume().statusCode),
    );
    sent.on('error', reject).end();
  });

describe('a server on loopback', () => {
  it.each(['localhost', 'LOCALHOST:4000', '127.0.0.1', '127.0.0.1:4000', '[::1]', '[::1]:80'])('answers by the name %s', async (host) => {
    await serve('127.0.0.1');
    expect(await statusFor(host)).toBe(200);
  });

  it.each(['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example:4000', 'evil.example:80', '169.254.1.1', '0.0.0.0'])(
    'does not answer by the name %j',
    async (host) => {
      await serve('127.0.0.1');
      expect(await statusFor(host)).toBe(400);
    },
  );

  it('answers by the names that it is told', async () => {
    await serve('127.0.0.1', ['tally.example']);
    expect([await statusFor('tally.example:4000'), await statusFor('evil.example')]).toEqual([200, 400]);
  });
});

it('a server on all addresses answers by any name', async () => {
  await serve('0.0.0.0');
  expect(await statusFor('tally.example')).toBe(200);
});
