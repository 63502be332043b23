// `npm run lint:walls`: who may import whom, circles, and the page that says so. `--write` renews the page's table.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findBreaches, toTable } from './check.ts';

const root = join(import.meta.dirname, '../..');
const page = join(root, 'docs/architecture.md');
const table = /(?<=<!-- walls -->\n)[\s\S]*?(?=\n<!-- \/walls -->)/u;

const text = readFileSync(page, 'utf8');
if (process.argv.includes('--write'))
  writeFileSync(
    page,
    text.replace(table, () => toTable()),
  );
else if (table.exec(text)?.[0] !== toTable()) {
  process.stderr.write('docs/architecture.md does not show the walls as they are: npm run lint:walls -- --write\n');
  process.exitCode = 1;
}
for (const { rule, from, to } of await findBreaches(root)) {
  process.stderr.write(`${from} imports ${to}: against the rule "${rule}" (scripts/walls/rows.ts)\n`);
  process.exitCode = 1;
}
