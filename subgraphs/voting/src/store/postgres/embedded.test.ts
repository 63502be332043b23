import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createDataDirectory } from '../../../../../tests/setup/data-directory.ts';
import { openTable } from '../testing/play.ts';
import { describeVotingStore } from '../testing/voting-store.contract.ts';
import { createEmbeddedStore } from './embedded.ts';

const createFolder = () => mkdtemp(join(tmpdir(), 'tally-embedded-'));

describeVotingStore('embedded', { isShared: false }, async () => {
  const directory = await createDataDirectory();
  return {
    open: () => createEmbeddedStore({ directory }),
    dispose: () => rm(directory, { recursive: true, force: true }),
  };
});

describe('the embedded store’s folder', () => {
  // A first start: a busy machine needs its time.
  it('keeps its sessions over a restart, and lets nobody else in meanwhile', { timeout: 120_000 }, async () => {
    const directory = await createFolder();
    const store = await createEmbeddedStore({ directory });
    const state = await openTable(store);
    await expect(createEmbeddedStore({ directory })).rejects.toThrow('is in use by process');
    await store.close();
    const again = await createEmbeddedStore({ directory });
    expect(await again.load(state.session.id)).toEqual(state);
    await again.close();
    await rm(directory, { recursive: true, force: true });
  });
});

// In a process of its own, since V8's trace goes to its output. What comes before the opening is Node's, which reads TypeScript by WebAssembly.
const play = (storeFile: string, directory: string) => `
  const { createEmbeddedStore } = await import(${JSON.stringify(storeFile)});
  const { PGlite } = await import('@electric-sql/pglite');
  console.log('opening');
  const store = await createEmbeddedStore({ directory: ${JSON.stringify(directory)} });
  await store.close();
  const lite = await PGlite.create();
  await lite.exec('CREATE TABLE card (value int)');
  for (let value = 0; value < 400; value += 1) {
    await lite.query('INSERT INTO card VALUES ($1)', [value]);
    await lite.query('SELECT value, count(*), md5(value::text) FROM card GROUP BY value ORDER BY 2 LIMIT 5');
  }
  await lite.close();
`;

describe('the embedded store’s process', () => {
  it('never frees the code of WebAssembly, which V8 does not always survive', { timeout: 120_000 }, async () => {
    const directory = await createFolder();
    const storeFile = new URL('./embedded.ts', import.meta.url).href;
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--no-warnings',
      '--trace-wasm-code-gc',
      '--input-type=module',
      '--eval',
      play(storeFile, directory),
    ]);
    expect(stdout.split('opening\n')[1]).not.toContain('[wasm-gc] Freeing');
    await rm(directory, { recursive: true, force: true });
  });
});
