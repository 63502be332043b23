import { fileURLToPath } from 'node:url';
import { run } from './private-server.ts';

/** Builds the page, unless it is there as its sources are now. */
export async function preparePage(): Promise<void> {
  // Not in this process: a bundler takes NODE_ENV=test as leave to build for development.
  await run(process.execPath, [fileURLToPath(new URL('../../scripts/prepare-page.ts', import.meta.url))], {
    env: { ...process.env, NODE_ENV: 'production' },
  });
}
