import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { inspect } from 'node:util';
import { start } from '../../router/src/main.ts';
import { type Compared, compareGraph } from '../../router/test/compare.ts';

const documentsPerGraph = 100;
const mostDifferences = 1_000;

type Count = Pick<Compared, 'documents'> & { readonly differences: number };

/** Compares so many documents on the supergraphs of `first` and the seeds after it, in a process for each core; what differs is written as it is found. */
export async function fuzzBothWays(documents: number, first: number, write: (line: string) => void): Promise<Count> {
  const graphs = Math.ceil(documents / documentsPerGraph);
  const perProcess = Math.ceil(graphs / Math.min(availableParallelism(), graphs)) * documentsPerGraph;
  const parts = Array.from({ length: Math.ceil(documents / perProcess) }, (_, index) =>
    comparePart(Math.min(perProcess, documents - index * perProcess), first + (index * perProcess) / documentsPerGraph, write),
  );
  const counts = await Promise.all(parts);
  return {
    documents: counts.reduce((sum, each) => sum + each.documents, 0),
    differences: counts.reduce((sum, each) => sum + each.differences, 0),
  };
}

function comparePart(documents: number, first: number, write: (line: string) => void): Promise<Count> {
  const part = fork(import.meta.filename, [String(documents), String(first)], { execArgv: ['--no-warnings'] });
  let count: Count = { documents: 0, differences: 0 };
  part.on('message', (message) => {
    count = message as Count;
  });
  return new Promise((resolve) => {
    part.on('exit', (code, signal) => {
      const isWhole = code === 0 && count.documents >= documents;
      if (!isWhole) write(`The process of the seeds from ${first} ended after ${count.documents} documents: ${signal ?? `code ${code}`}`);
      resolve(isWhole ? count : { ...count, differences: count.differences + 1 });
    });
  });
}

async function compareSeeds(wanted: number, first: number): Promise<void> {
  const write = (line: string): void => void process.stdout.write(`${line}\n`);
  let documents = 0;
  let differences = 0;
  for (let seed = first; documents < wanted && differences < mostDifferences; seed += 1) {
    const compared = await compareGraph(start, seed, Math.min(documentsPerGraph, wanted - documents)).catch((error) => ({
      documents: 0,
      differences: [`seed ${seed}: ${inspect(error)}`],
    }));
    documents += compared.documents;
    differences += compared.differences.length;
    for (const difference of compared.differences.slice(0, 3)) write(`${difference}\n`);
    if (compared.differences.length > 0) write(`Again: npm run fuzz -- both-ways ${documentsPerGraph} ${seed}\n`);
    if (seed % 20 === 0) write(`seed ${seed}: ${documents} documents since seed ${first}, ${differences} differences`);
    process.send?.({ documents, differences } satisfies Count);
  }
  process.disconnect?.();
}

if (import.meta.main) await compareSeeds(Number(process.argv[2]), Number(process.argv[3]));
