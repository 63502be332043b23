// Before `npm start`: builds the page when it has not been built, or its sources are newer. Without the build tools (an image) it stays as it is.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const built = `${root}web/dist/index.html`;
// Written last: without it a build was not finished.
const manifest = `${root}web/dist/operations.json`;
const write = (line: string) => void process.stdout.write(`${line}\n`);

function findNewest(directory: string): number {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Math.max(0, ...files.map((entry) => statSync(`${entry.parentPath}/${entry.name}`).mtimeMs));
}

function isBuiltAndCurrent(): boolean {
  if (!existsSync(built) || !existsSync(manifest)) return false;
  const sources = [`${root}web/index.html`, `${root}web/vite.config.ts`].map((file) => statSync(file).mtimeMs);
  return statSync(built).mtimeMs >= Math.max(...sources, findNewest(`${root}web/src`), findNewest(`${root}web/public`));
}

if (!existsSync(`${root}node_modules/vite`)) {
  if (!existsSync(built)) write('The page is not built, and its build tools are not installed: the router will serve the graph alone.');
} else if (!isBuiltAndCurrent()) {
  write('Building the page (once, some seconds) …');
  const { build } = await import('vite');
  await build({ root: `${root}web`, configFile: `${root}web/vite.config.ts`, logLevel: 'warn' });
  const { finishPage } = await import('./finish-page.ts');
  finishPage();
}
