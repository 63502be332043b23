import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const shellPath = '/usr/bin/chromium-headless-shell';
const paths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Slow is not broken: the machine may be busy. */
const patienceMs = 60_000;

/** The path of a Chromium: `TEST_CHROMIUM`, or the machine's; undefined when there is none. */
export function findChromium(): string | undefined {
  return [process.env['TEST_CHROMIUM'] ?? '', ...paths].find((path) => existsSync(path));
}

/**
 * The path of Chromium's headless shell, if there is one: without the window, the profile and their services it draws the same page, and a person's context
 * in it takes half the work.
 */
export function findShell(): string | undefined {
  return existsSync(shellPath) ? shellPath : undefined;
}

/** Starts it without a window; close it in the end. */
export async function launchChromium(executablePath: string, more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath,
    timeout: patienceMs,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...more,
    ],
  });
}
