import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTokens } from './tokens.ts';

const script = new URL('../../../../scripts/signing-keys.ts', import.meta.url).pathname;
const eightHours = 8 * 3_600;

describe('signing keys', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tally-keys-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const file = (name: string) => join(folder, name);
  const open = (name: string) => createTokens({ keyFile: file(name), ttlSeconds: eightHours, now: () => new Date() });
  const make = async (name: string, ...words: readonly string[]) => {
    const { stdout } = await promisify(execFile)(process.execPath, ['--no-warnings', script, ...words]);
    await writeFile(file(name), stdout);
  };

  it('are made once, for nobody else to read', async () => {
    const [first, again] = [await open('first.json'), await open('first.json')];
    expect(again.publicKeys).toEqual(first.publicKeys);
    expect((await stat(file('first.json'))).mode & 0o777).toBe(0o600);
    expect(JSON.stringify(first.publicKeys)).not.toContain('"d"');
  });

  it('rotate by key id: the new one is published before it signs, and tokens of the old one are good until it is taken away', async () => {
    const old = await open('first.json');
    await make('published.json', file('first.json'));
    await make('signing.json', file('published.json'), 'sign');
    const [published, signing] = [await open('published.json'), await open('signing.json')];
    const tokens = await Promise.all([old, published, signing].map((each) => each.issue({ participantId: 'ann', sessionId: 'session' })));
    const [newKey, oldKey] = signing.publicKeys.keys.map(({ kid }) => kid);
    expect(tokens.map(({ token }) => decodeProtectedHeader(token).kid)).toEqual([oldKey, oldKey, newKey]);
    // Replicas before and after a step take each other's tokens.
    for (const { token } of tokens.slice(0, 2)) expect(await old.verify(token)).toMatchObject({ participantId: 'ann' });
    for (const replica of [published, signing])
      for (const { token } of tokens) expect(await replica.verify(token)).toMatchObject({ participantId: 'ann', sessionId: 'session' });

    const { keys } = JSON.parse(await readFile(file('signing.json'), 'utf8')) as { keys: unknown[] };
    await writeFile(file('last.json'), JSON.stringify({ keys: keys.slice(0, 1) }));
    const last = await open('last.json');
    expect(await last.verify(tokens[2]?.token ?? '')).toMatchObject({ participantId: 'ann' });
    await expect(last.verify(tokens[0]?.token ?? '')).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
  });
});
