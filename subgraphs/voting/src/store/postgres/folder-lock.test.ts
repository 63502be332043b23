import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockFolder } from './folder-lock.ts';

describe('the lock of a data folder', () => {
  let directory = '';
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tally-lock-'));
  });
  afterEach(() => rm(directory, { recursive: true }));
  const lockPath = () => join(directory, 'lock');

  it('is one process’s, until it is given back', async () => {
    const unlock = await lockFolder(directory);
    await expect(lockFolder(directory)).rejects.toThrow(`is in use by process ${process.pid}`);
    await unlock();
    await (await lockFolder(directory))();
  });

  it('is respected while its process runs, and taken over when it is gone', async () => {
    const holder = spawn('sleep', ['60']);
    await writeFile(lockPath(), `${holder.pid} ${hostname()}`);
    await expect(lockFolder(directory)).rejects.toThrow(`is in use by process ${holder.pid}`);
    holder.kill();
    await once(holder, 'exit');
    const unlock = await lockFolder(directory);
    expect(await readFile(lockPath(), 'utf8')).toBe(`${process.pid} ${hostname()}`);
    await unlock();
  });

  it('of a former life with the same number, as in a container, is taken over', async () => {
    await writeFile(lockPath(), `${process.pid} ${hostname()}`);
    await (await lockFolder(directory))();
  });

  it('of another container is respected as long as it gives signs of life', { timeout: 20_000 }, async () => {
    await writeFile(lockPath(), '1 other-host');
    const beating = setInterval(() => void utimes(lockPath(), new Date(), new Date()), 1_000);
    await expect(lockFolder(directory)).rejects.toThrow('is in use by process 1');
    clearInterval(beating);
    await utimes(lockPath(), new Date(0), new Date(0));
    await (await lockFolder(directory))();
  });

  it('goes to one of many who find a dead one at the same moment', async () => {
    await writeFile(lockPath(), `999999999 ${hostname()}`);
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => lockFolder(directory)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) if (outcome.status === 'fulfilled') await outcome.value();
  });
});
