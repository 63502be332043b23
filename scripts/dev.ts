// `npm run dev -- --with FOLDER`: the whole product of `npm start`, with further subgraphs in its graph. docs/third-subgraph.md says what a folder holds.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, watchFile, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { toMessage } from '../kit/process/errors.ts';
import { runService } from '../kit/process/run.ts';
import { composeSupergraph, type ExtraSubgraph } from '../router/src/compose.ts';
import { start } from '../start.ts';
import { type AddedSubgraph, findAddedSubgraph } from './added-subgraph.ts';

interface Added extends ExtraSubgraph, AddedSubgraph {
  readonly port: number;
}

const root = fileURLToPath(new URL('..', import.meta.url));
const write = (line: string): void => void process.stdout.write(`${line}\n`);

const findFreePort = (): Promise<number> =>
  new Promise((found) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => found(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

async function toAdded(given: string): Promise<Added> {
  const port = await findFreePort();
  return { ...findAddedSubgraph(resolve(process.cwd(), given)), url: `http://127.0.0.1:${port}/graphql`, port };
}

/** Starts the subgraph's own process, which listens on PORT. */
function run({ name, folder, port, command: [program, ...given] }: Added): ChildProcess {
  const child = spawn(program, given, { cwd: folder, env: { ...process.env, PORT: `${port}` }, stdio: 'inherit' });
  child.on('exit', (code) => write(`${name} has ended (${code ?? 'by a signal'}): its part of the graph fails until it is there again.`));
  return child;
}

const { values } = parseArgs({ options: { with: { type: 'string', multiple: true, default: [] } } });
let added: readonly Added[] = [];
const directory = process.env['DATA_DIRECTORY'] || '.data';
const supergraphFile = resolve(directory, 'supergraph.graphql');
const compose = (): void => writeFileSync(supergraphFile, composeSupergraph(join(root, 'supergraph.yaml'), added));

await runService('Tally', process.env, async (environment) => {
  added = await Promise.all(values.with.map(toAdded));
  mkdirSync(directory, { recursive: true });
  compose();
  const children = added.map(run);
  const product = await start({ ...environment, SUPERGRAPH_FILE: supergraphFile });
  for (const { name, sdlFile } of added) {
    write(`  with             ${name}, ${readFileSync(sdlFile, 'utf8').split('\n').length} lines of SDL`);
    watchFile(sdlFile, { interval: 500, persistent: false }, () => {
      try {
        // The router looks at the file each second.
        compose();
        write(`${name}: the graph is composed anew.`);
      } catch (error) {
        write(`${name} does not compose, the graph stays as it was:\n${toMessage(error)}`);
      }
    });
  }
  return {
    ...product,
    stop: async () => {
      await product.stop();
      for (const child of children) child.kill('SIGTERM');
    },
  };
});
