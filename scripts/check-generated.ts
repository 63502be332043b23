import { execFileSync } from 'node:child_process';

// Run after `npm run generate`: whatever that changed was not committed.
const generated = [':(glob)**/generated/**', 'router/supergraph.graphql'];
const changed = execFileSync('git', ['status', '--porcelain', '--', ...generated], { encoding: 'utf8' });
if (changed !== '') {
  process.stderr.write(`Generated files are out of date: run \`npm run generate\` and commit\n${changed}`);
  process.exitCode = 1;
}
