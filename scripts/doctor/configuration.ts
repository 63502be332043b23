import { ConfigError, type ConfigIssue, type Environment } from '../../kit/process/config.ts';
import { toMessage } from '../../kit/process/errors.ts';
import type { Service } from '../../kit/process/services.ts';
import { readConfig as readRouter } from '../../router/src/config.ts';
import { readConfig as readJira } from '../../subgraphs/jira/src/config.ts';
import { readConfig as readVoting } from '../../subgraphs/voting/src/config.ts';
import { about, type Finding } from './finding.ts';

const { ok, warning, wrong } = about('configuration');

const readers = { router: readRouter, jira: readJira, voting: readVoting } as const;

/** What the services would read; undefined for those whose environment is wrong. */
export type Configurations = { readonly [Name in Service]?: ReturnType<(typeof readers)[Name]> };

/** Reads the configuration of the services, and looks for variables that look like one of theirs. */
export function checkConfiguration(
  services: readonly Service[],
  environment: Environment,
  known: readonly string[],
): { readonly findings: readonly Finding[]; readonly configurations: Configurations } {
  if (!known.some((name) => (environment[name] ?? environment[`${name}_FILE`] ?? '') !== '')) {
    const nothing = wrong('no variable of a service is set', 'copy env.example to .env and fill it in (`npm start` alone needs none)');
    return { findings: [nothing], configurations: {} };
  }
  const configurations: Record<string, unknown> = {};
  const issues: (ConfigIssue & { readonly services: Service[] })[] = [];
  for (const service of services) {
    try {
      configurations[service] = readers[service](environment);
    } catch (error) {
      const found = error instanceof ConfigError ? error.issues : [{ variable: 'environment', message: toMessage(error) }];
      for (const issue of found) {
        const told = issues.find(({ variable, message }) => variable === issue.variable && message === issue.message);
        if (told === undefined) issues.push({ ...issue, services: [service] });
        else if (!told.services.includes(service)) told.services.push(service);
      }
    }
  }
  const findings: Finding[] = issues.map(({ variable, message, services: whose }) =>
    wrong(`${variable}: ${message} (${whose.join(', ')} will not start)`, 'docs/configuration.md tells what it means'),
  );
  for (const name of Object.keys(environment)) {
    if (known.includes(name) || (name.endsWith('_FILE') && known.includes(name.slice(0, -'_FILE'.length)))) continue;
    const meant = known.find((other) => other.length > 6 && isNear(name, other));
    if (meant !== undefined) findings.push(warning(`nobody reads ${name}`, `did you mean ${meant}?`));
  }
  return {
    findings: findings.length === 0 ? [ok(`${services.join(', ')} would start with it`)] : findings,
    configurations: configurations as Configurations,
  };
}

/** Whether one becomes the other by one letter more, less or other, or by two that are swapped. */
function isNear(one: string, other: string): boolean {
  if (one === other || Math.abs(one.length - other.length) > 1) return false;
  let start = 0;
  while (start < one.length && one[start] === other[start]) start += 1;
  const [left, right] = [one.slice(start), other.slice(start)];
  if (left.length !== right.length) return left.slice(1) === right || left === right.slice(1);
  return left.slice(1) === right.slice(1) || (left[0] === right[1] && left[1] === right[0] && left.slice(2) === right.slice(2));
}
