import { spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** A main in a process of its own, as an operator starts it. */
export interface MainProcess {
  /** Everything it has printed so far, on both outputs. */
  readonly output: () => string;
  /** Its exit code (null when a signal ended it). */
  readonly exited: Promise<number | null>;
  /** Sends the signal and waits for the end. */
  readonly end: (signal?: NodeJS.Signals) => Promise<number | null>;
  /** Stops it as a process that hangs: its connections stay open, and nothing answers. Returns the way to let it go on. */
  readonly hang: () => () => void;
}

/** What a process needs of ours besides what it is given: the PATH, and where Node keeps what it has compiled. */
const { PATH, NODE_COMPILE_CACHE } = process.env;
const inherited = { PATH, ...(NODE_COMPILE_CACHE !== undefined && { NODE_COMPILE_CACHE }) };

/** Runs a TypeScript main of the repository, or of a copy in another folder, with exactly this environment (and the PATH). */
export function runMain(
  file: string,
  environment: Readonly<Record<string, string>>,
  folder = root,
  args: readonly string[] = [],
): MainProcess {
  const child = spawn(process.execPath, [join(folder, file), ...args], { cwd: folder, env: { ...inherited, ...environment } });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    output += String(chunk);
  });
  const exited = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    output: () => output,
    exited,
    end: (signal = 'SIGKILL') => {
      child.kill(signal);
      return exited;
    },
    hang: () => {
      child.kill('SIGSTOP');
      return () => void child.kill('SIGCONT');
    },
  };
}
