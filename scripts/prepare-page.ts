// Before `npm start`: builds the page and the explorer when they have not been built, or their sources are newer. Without the build tools (an image)
// they stay as they are.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

interface Built {
  readonly name: string;
  /** Below the repository; its Vite configuration is in it, and its build goes into its `dist`. */
  readonly folder: string;
  /** Files and folders that it is made of. */
  readonly sources: readonly string[];
  /** Written last: without it a build was not finished. */
  readonly last: string;
  readonly finish: (dist: URL) => Promise<void>;
}

const root = fileURLToPath(new URL('..', import.meta.url));
const write = (line: string) => void process.stdout.write(`${line}\n`);

const page: Built = {
  name: 'page',
  folder: 'web',
  sources: ['index.html', 'vite.config.ts', 'src', 'public'].map((name) => `web/${name}`),
  last: 'operations.json',
  finish: async () => (await import('./finish-page.ts')).finishPage(),
};

const explorer: Built = {
  name: 'explorer',
  folder: 'explorer',
  sources: ['explorer/index.html', 'explorer/vite.config.ts', 'explorer/src', 'tour/operations'],
  last: 'index.html.gz',
  finish: async (dist) => (await import('./compress-files.ts')).compressFiles(dist),
};

function findNewest(path: string): number {
  if (!statSync(path).isDirectory()) return statSync(path).mtimeMs;
  const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Math.max(0, ...files.map((entry) => statSync(`${entry.parentPath}/${entry.name}`).mtimeMs));
}

function isBuiltAndCurrent({ folder, sources, last }: Built): boolean {
  const index = `${root}${folder}/dist/index.html`;
  if (!existsSync(index) || !existsSync(`${root}${folder}/dist/${last}`)) return false;
  return statSync(index).mtimeMs >= Math.max(...sources.map((source) => findNewest(`${root}${source}`)));
}

if (!existsSync(`${root}node_modules/vite`)) {
  if (!existsSync(`${root}web/dist/index.html`))
    write('The page is not built, and its build tools are not installed: the router will serve the graph alone.');
} else {
  for (const built of [page, explorer]) {
    if (isBuiltAndCurrent(built)) continue;
    write(`Building the ${built.name} (once, some seconds) …`);
    const { build } = await import('vite');
    const folder = `${root}${built.folder}`;
    // The page's warnings are ours; the explorer's are GraphiQL's.
    await build({ root: folder, configFile: `${folder}/vite.config.ts`, logLevel: built === page ? 'warn' : 'error' });
    await built.finish(pathToFileURL(`${folder}/dist/`));
  }
}
