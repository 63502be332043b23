import { execFileSync } from 'node:child_process';

/** Whether a program is on this machine; without it the tests that need it are counted as skipped. */
export function hasProgram(command: string, ask = '--version'): boolean {
  try {
    execFileSync(command, [ask], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** `scripts/certs.ts` makes its certificates by it. */
export const hasOpenssl = hasProgram('openssl', 'version');
