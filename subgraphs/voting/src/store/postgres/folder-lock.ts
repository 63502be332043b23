import { link, mkdir, readFile, rm, rmdir, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const beatMs = 2_000;
// A holder that has not been seen for so long is gone, wherever it ran.
const goneAfterMs = 4 * beatMs;

const guardedMs = 50;

/** The folders that this process has, or is about to take. */
const heldHere = new Set<string>();

/**
 * Takes a folder for this process, and returns how to give it back. A lock whose process is gone is taken over: at once when it ran
 * on this host, else (in another container, whose process numbers mean nothing here) after 8 s without a sign of life.
 *
 * @throws Error when another process has the folder.
 */
export async function lockFolder(directory: string): Promise<() => Promise<void>> {
  const path = resolve(directory, 'lock');
  if (heldHere.has(path)) throw inUse(directory, process.pid);
  heldHere.add(path);
  try {
    await takeLock(directory, path);
  } catch (error) {
    heldHere.delete(path);
    throw error;
  }
  const beating = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => undefined), beatMs).unref();
  return async () => {
    clearInterval(beating);
    await rm(path, { force: true });
    heldHere.delete(path);
  };
}

async function takeLock(directory: string, path: string): Promise<void> {
  const mine = `${path}.${process.pid}`;
  // A link appears whole, with its content: nobody reads a lock without its holder.
  await writeFile(mine, `${process.pid} ${hostname()}`, { mode: 0o600 });
  try {
    while (!(await isLinked(mine, path))) {
      const holder = await readFile(path, 'utf8').catch(() => '');
      if (await isHeld(path, holder)) throw inUse(directory, holder.split(' ')[0]);
      await takeAway(path, holder);
    }
  } finally {
    await rm(mine, { force: true });
  }
}

function inUse(directory: string, pid: number | string | undefined): Error {
  return new Error(`The data folder ${directory} is in use by process ${pid}: stop it, or set DATA_DIRECTORY to another folder.`);
}

async function isLinked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  }
}

async function isHeld(path: string, holder: string): Promise<boolean> {
  const [pid, host] = holder.split(' ');
  if (host === hostname()) {
    // In a container every process is number 1: one's own number in a lock that one has yet to take is a former life's.
    return Number(pid) !== process.pid && isRunning(Number(pid));
  }
  const isSeen = async () => Date.now() - ((await stat(path).catch(() => undefined))?.mtimeMs ?? 0) < goneAfterMs;
  for (let waitedMs = 0; waitedMs <= goneAfterMs && (await isSeen()); waitedMs += beatMs / 2) await sleep(beatMs / 2);
  return isSeen();
}

/**
 * Removes a dead holder's lock, but not the one that somebody quicker has put in its place: one at a time looks again and removes.
 * Nobody but the dead could remove it meanwhile.
 */
async function takeAway(path: string, holder: string): Promise<void> {
  const guard = `${path}.takeover`;
  try {
    await mkdir(guard);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const since = (await stat(guard).catch(() => undefined))?.mtimeMs ?? Date.now();
    if (Date.now() - since > goneAfterMs) await rmdir(guard).catch(() => undefined);
    return sleep(guardedMs);
  }
  try {
    if ((await readFile(path, 'utf8').catch(() => undefined)) === holder) await rm(path, { force: true });
  } finally {
    await rmdir(guard);
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
