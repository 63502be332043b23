// `npm run fuzz -- both-ways [documents] [first seed]`: random documents on random supergraphs, by compiled plans and by the gateway, against graphql-js.

import { start } from '../../router/src/main.ts';
import { compareGraph } from '../../router/test/compare.ts';

const write = (line: string): void => void process.stdout.write(`${line}\n`);
const documentsPerGraph = 100;
const [what, wanted = '50000', first = '1000'] = process.argv.slice(2);

async function fuzzBothWays(): Promise<number> {
  let documents = 0;
  let differences = 0;
  for (let seed = Number(first); documents < Number(wanted); seed += 1) {
    const compared = await compareGraph(start, seed, Math.min(documentsPerGraph, Number(wanted) - documents));
    documents += compared.documents;
    differences += compared.differences.length;
    for (const difference of compared.differences.slice(0, 3)) write(`${difference}\n`);
    if (seed % 20 === 0) write(`seed ${seed}: ${documents} documents, ${differences} differences`);
  }
  write(`${documents} documents, ${differences} differences`);
  return differences === 0 ? 0 : 1;
}

if (what === 'both-ways') process.exitCode = await fuzzBothWays();
else {
  process.stderr.write('Usage: npm run fuzz -- both-ways [documents] [first seed]\n');
  process.exitCode = 2;
}
