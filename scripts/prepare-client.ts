// After `npm ci`, and before the tests and the product start: generates the Prisma client from prisma/schema.prisma when it is missing or older than
// the schema or Prisma itself. Without Prisma's command (an image) there is nothing to do: what an image runs was generated when it was built.
import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const command = `${root}node_modules/prisma/build/index.js`;
const client = `${root}prisma/generated/client.ts`;
const sources = ['prisma/schema.prisma', 'node_modules/prisma/package.json'].map((name) => `${root}${name}`);

function isCurrent(): boolean {
  if (!existsSync(client)) return false;
  return sources.every((source) => statSync(source).mtimeMs <= statSync(client).mtimeMs);
}

if (existsSync(command) && !isCurrent())
  execFileSync(process.execPath, [command, 'generate', '--no-hints'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
