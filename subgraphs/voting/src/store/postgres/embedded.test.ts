import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
