import { execFileSync } from 'node:child_process';

/** Whether a program is on this machine; without it the tests that need it are counted as skipped. */
export function hasProgram(command: string): boolean {
  try {
    execFileSync(command, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
