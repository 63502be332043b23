// `npm run bench -- <name>`: runs bench/<name>.ts, which exports `bench<Name>`; prints what it says, a table of its figures, and last one line of JSON.
import { readdir } from 'node:fs/promises';
import { toMessage } from '../kit/process/errors.ts';

type Bench = (say: (line: string) => void, chosen: readonly string[]) => Promise<Readonly<Record<string, string | number>>>;

const say = (line: string) => void process.stdout.write(`${line}\n`);
const benches = await findBenches();
const run = benches.get(process.argv[2] ?? '');

if (run === undefined) {
  process.stderr.write(`Usage: npm run bench -- ${[...benches.keys()].join('|')} [what of it, e.g. router public grafbase]\n`);
  process.exitCode = 2;
} else {
  try {
    const figures = await (await run())(say, process.argv.slice(3));
    say(
      ['', '| figure | value |', '|---|---|', ...Object.entries(figures).map(([name, value]) => `| ${name} | ${value} |`), ''].join('\n'),
    );
    say(JSON.stringify(figures));
  } catch (error) {
    process.stderr.write(`${toMessage(error)}\n`);
    process.exitCode = 1;
  }
}

/** Every file here that exports the function named after it. */
async function findBenches(): Promise<ReadonlyMap<string, () => Promise<Bench>>> {
  const files = (await readdir(import.meta.dirname)).filter((file) => /^[a-z]+\.ts$/.test(file) && !/^(main|races|stores)\.ts$/.test(file));
  return new Map(
    files.map((file) => {
      const name = file.replace('.ts', '');
      const exported = `bench${name.charAt(0).toUpperCase()}${name.slice(1)}`;
      return [
        name,
        async () => {
          const found = ((await import(`./${file}`)) as Readonly<Record<string, unknown>>)[exported];
          if (typeof found !== 'function') throw new Error(`bench/${file} does not export ${exported}.`);
          return found as Bench;
        },
      ];
    }),
  );
}
