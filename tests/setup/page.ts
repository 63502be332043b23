import type { TestProject } from 'vitest/node';
import { toMessage } from '../../kit/process/errors.ts';
import { findChromium, findShell } from './chromium.ts';
import { installDebianPackage, isRootOnDebian } from './debian.ts';
import { preparePage } from './prepared-page.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The path of a Chromium; undefined: there is none, skip. */
    readonly TEST_CHROMIUM: string | undefined;
  }
}

/** Vitest's global setup of the page's tests: the page as its sources are now, and a browser. */
export async function setup(project: TestProject): Promise<(() => void) | undefined> {
  await preparePage();
  const chromium = await provideChromium();
  project.provide('TEST_CHROMIUM', chromium);
  if (chromium !== undefined) return undefined;
  if (process.env['REQUIRE_SERVICES'] === '1') throw new Error('REQUIRE_SERVICES=1, but there is no Chromium.');
  const notice =
    'There is no Chromium: the tests of the page are SKIPPED. Install the package `chromium-headless-shell` or `chromium`, or give TEST_CHROMIUM.';
  say(notice);
  return () => say(notice);
}

/** The given one, else a shell before a whole browser; where packages can be installed, the shell's is before a whole one is taken. */
async function provideChromium(): Promise<string | undefined> {
  const isGiven = (process.env['TEST_CHROMIUM'] ?? '') !== '';
  if (isGiven) return findChromium();
  const shell = findShell() ?? (await install('chromium-headless-shell', findShell));
  return shell ?? findChromium() ?? (await install('chromium', findChromium));
}

async function install(debianPackage: string, find: () => string | undefined): Promise<string | undefined> {
  if (!(await isRootOnDebian())) return undefined;
  say(`Installing Debian's ${debianPackage} for the tests.`);
  try {
    await installDebianPackage(debianPackage);
  } catch (error) {
    say(toMessage(error));
  }
  return find();
}

function say(text: string): void {
  process.stderr.write(`\n[page] ${text}\n`);
}
