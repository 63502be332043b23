// `npm run doctor [-- router jira voting] [-- --json]`: looks at what the services of this environment (or of .env) need, changes nothing,
// and says in a line each what is wrong and what to do. Ends with 1 when something is wrong, with 2 when it was asked wrongly.
import { parseArgs } from 'node:util';
import { toMessage } from '../kit/process/errors.ts';
import { type Service, serviceNames } from '../kit/process/services.ts';
import { listVariables } from './docs-configuration.ts';
import { examine } from './doctor/examine.ts';
import type { Finding } from './doctor/finding.ts';

const usage = `Usage: npm run doctor -- [--json] [${serviceNames.join('] [')}]   all of them unless named`;

/** One line for each finding, what is wrong first, and one that counts. */
function toText(findings: readonly Finding[]): string {
  const order: readonly Finding['state'][] = ['wrong', 'warning', 'unknown', 'ok'];
  const sorted = order.flatMap((state) => findings.filter((finding) => finding.state === state));
  const lines = sorted.map(
    ({ state, about, message, remedy }) => `${state.padEnd(8)}${about.padEnd(14)} ${message}${remedy === undefined ? '' : ` → ${remedy}`}`,
  );
  const counts = order.map((state) => `${findings.filter((finding) => finding.state === state).length} ${state}`);
  return `${[...lines, counts.join(', ')].join('\n')}\n`;
}

function readArguments(): { readonly isJson: boolean; readonly services: readonly Service[] } {
  const { values, positionals } = parseArgs({ options: { json: { type: 'boolean', default: false } }, allowPositionals: true });
  const unknown = positionals.filter((name) => !(serviceNames as readonly string[]).includes(name));
  if (unknown.length > 0) throw new Error(`There is no service ${unknown.join(', ')}.`);
  return { isJson: values.json, services: positionals.length === 0 ? serviceNames : (positionals as Service[]) };
}

try {
  const { isJson, services } = readArguments();
  const known = listVariables().map(({ name }) => name);
  const findings = await examine({ services, environment: process.env, known, now: Date.now });
  const isWrong = findings.some(({ state }) => state === 'wrong');
  process.stdout.write(isJson ? `${JSON.stringify({ isWrong, findings })}\n` : toText(findings));
  process.exitCode = isWrong ? 1 : 0;
} catch (error) {
  process.stderr.write(`${toMessage(error)}\n${usage}\n`);
  process.exitCode = 2;
}
