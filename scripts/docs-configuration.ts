// `npm run docs:configuration`: writes docs/configuration.md and env.example out of the services' own schemas; a test keeps them fresh.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Service, serviceNames, services } from '../kit/process/services.ts';
import { schema as router } from '../router/src/config.ts';
import { schema as jira } from '../subgraphs/jira/src/config.ts';
import { schema as voting } from '../subgraphs/voting/src/config.ts';

const root = join(import.meta.dirname, '..');
export const configurationPage = join(root, 'docs/configuration.md');
export const environmentExample = join(root, 'env.example');

const schemas: Readonly<Record<Service, z.ZodType>> = { router, jira, voting };

interface Variable {
  readonly name: string;
  readonly services: readonly Service[];
  readonly isRequired: boolean;
  readonly values: string;
  readonly default: string | undefined;
  readonly meaning: string;
}

interface PropertySchema {
  readonly description?: string;
  readonly type?: string;
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly minLength?: number;
}

/** Every variable of every service. @throws Error naming those without a description, or with two. */
export function listVariables(): readonly Variable[] {
  const found = new Map<string, Variable>();
  const wrong: string[] = [];
  for (const service of serviceNames) {
    const { properties = {}, required = [] } = z.toJSONSchema(schemas[service], { io: 'input', unrepresentable: 'any' });
    for (const [name, property] of Object.entries(properties)) {
      const known = found.get(name);
      const described = property as PropertySchema;
      const { description: meaning = '' } = described;
      if (meaning === '') wrong.push(`${service}'s ${name} has no description`);
      if (known !== undefined && known.meaning !== meaning) wrong.push(`${name} means something else to ${service}`);
      found.set(name, {
        name,
        services: [...(known?.services ?? []), service],
        isRequired: required.includes(name),
        values: toValues(described),
        default: described.default === undefined ? undefined : String(described.default).replace(`${root}/`, ''),
        meaning,
      });
    }
  }
  if (wrong.length > 0) throw new Error(`The schemas of configuration: ${wrong.join(', ')}.`);
  return [...found.values()].sort((one, other) => one.name.localeCompare(other.name));
}

function toValues({ type, enum: choices, format, pattern, minimum, minLength }: PropertySchema): string {
  if (choices !== undefined) return choices.map((choice) => `\`${choice}\``).join(', ');
  if (type === 'integer') return minimum === undefined || minimum === 0 ? 'whole number' : `whole number, ${minimum} or more`;
  if (format === 'uri') return 'URL';
  if (pattern !== undefined) return `text like \`${pattern}\``;
  return minLength === undefined ? 'text' : `text of ${minLength} characters or more`;
}

export function renderConfiguration(): string {
  const variables = listVariables();
  const tableOf = (chosen: readonly Variable[]) =>
    ['| variable | values | default | meaning |', '|---|---|---|---|', ...chosen.map(toRow)].join('\n');
  const only = (service: Service) => variables.filter(({ services }) => services.join() === service);
  return `# Configuration

Every service reads its environment once, when it starts, and refuses to start with one message that names every bad variable. This page and
\`env.example\` are generated from the schemas that do so (\`npm run docs:configuration\`); a test keeps them fresh.

- An empty value counts as none.
- \`NAME_FILE\` may stand for any NAME: the value is then the content of that file, without its last line break. That is how secrets get into
  containers (\`JIRA_API_TOKEN_FILE=/run/secrets/jira_api_token\`).
- \`npm start\` needs none of them: it makes up the secrets, runs the Jira simulator unless JIRA_URL is given, and keeps sessions in DATA_DIRECTORY. It
  also reads SIMULATOR_PORT (${services.simulator.port}).
- \`npm run migrate\` reads DATABASE_URL, or POSTGRES_DSN.

## Several services

${tableOf(variables.filter(({ services }) => services.length > 1))}

## router

${tableOf(only('router'))}
| \`<NAME>_SERVICE_URL\` | URL | the supergraph's | the endpoint of another subgraph, in place of the address that it was composed with; \`/graphql\` when it has no path |
| \`ROUTER_TO_<NAME>_SECRET\` | text of 16 characters or more | | what the router shows that subgraph in \`x-tally-service-secret\` |
| \`<NAME>_HEADERS\` | JSON object | | headers that the router sends that subgraph with each request, e.g. \`{"x-api-key":"…"}\` |
| \`<NAME>_TIMEOUT_MS\` | whole number, 1 or more | SUBGRAPH_TIMEOUT_MS | how long one answer of that subgraph may take |
| \`<NAME>_TLS\` | \`mutual\`, \`system\` | \`mutual\` | whether TLS_CERT and TLS_CA hold for that subgraph, or the authorities that Node trusts and no certificate of ours |
| \`<NAME>_TLS_CA\` | file | | PEM file of the authorities that are trusted for that subgraph, in place of both; no certificate of ours is shown |

\`<NAME>\` is the name of a subgraph of SUPERGRAPH_FILE in capitals, with \`_\` for everything but letters and digits: \`my-notes\` has
\`MY_NOTES_SERVICE_URL\`. Two names that differ in case or punctuation alone (\`my-notes\`, \`My_Notes\`) have no variables, and need addresses in the
supergraph; a subgraph called \`client\` or \`subgraph\` has none that would be the router's own CLIENT_TLS or SUBGRAPH_TIMEOUT_MS. A supergraph of other subgraphs than Tally's needs none of them, and neither JIRA_SERVICE_URL nor VOTING_SERVICE_URL.

## jira

${tableOf(only('jira'))}
| \`JIRA_SP_<TRACK>_FIELD\` | text like \`^customfield_\\d+$\` | | the field for the estimates of a track: \`JIRA_SP_DEV_FIELD\`, \`JIRA_SP_TEST_FIELD\` |

## voting

${tableOf(only('voting'))}

## Of others

| variable | meaning |
|---|---|
| \`OTEL_EXPORTER_OTLP_ENDPOINT\` | where traces go, over OTLP/HTTP: \`http://otel-collector:4318\`; no tracing without it |
| \`OTEL_SERVICE_NAME\` | the service's name in traces; \`tally-router\`, \`tally-jira\`, \`tally-voting\` unless given |
| \`NODE_EXTRA_CA_CERTS\` | authorities besides Node's own, for a Jira, Redis or identity provider with a certificate of your company's |

With TLS_CERT, TLS_KEY and TLS_CA, Postgres (also for \`npm run migrate\`) and a Redis with a \`rediss://\` URL are shown the service's certificate, and
must have one of TLS_CA or STORAGE_TLS_CA. Without them a Postgres URL may name files of its own
(\`?sslmode=verify-full&sslrootcert=/etc/tally/tls/ca.crt&sslcert=…&sslkey=…\`), and a \`rediss://\` URL is checked by the authorities that Node trusts.
`;
}

function toRow({ name, services, values, default: fallback, isRequired, meaning }: Variable): string {
  const shown = isRequired ? '**required**' : fallback === undefined || fallback === '' ? '' : `\`${fallback}\``;
  const who = services.length > 1 && services.length < 3 ? ` (${services.join(' and ')})` : '';
  return `| \`${name}\` | ${values} | ${shown} | ${meaning}${who} |`;
}

/** Variables that no service's schema has, with an example for each. */
const others: readonly (readonly [assignment: string, meaning: string])[] = [
  ['JIRA_SP_DEV_FIELD=customfield_10101', 'jira: the field for the estimates of a track, here `dev`; one variable for each track.'],
  ['OTEL_EXPORTER_OTLP_ENDPOINT=http://otel-collector:4318', 'router, jira, voting: where traces go; none without it.'],
  ['OTEL_SERVICE_NAME=', "one service's name in traces; tally-router, tally-jira, tally-voting unless given."],
  ['NODE_EXTRA_CA_CERTS=', "every process: PEM file of authorities besides Node's own."],
  [`SIMULATOR_PORT=${services.simulator.port}`, '`npm start`: the port of the simulated Jira.'],
  ['BACKUP_EVERY_SECONDS=3600', 'docker-compose.yml, with `--profile backup`: how often Postgres is dumped.'],
  ['BACKUP_KEEP_DAYS=7', 'docker-compose.yml: how long dumps are kept.'],
  ['TALLY_ADDRESS=127.0.0.1', 'docker-compose.yml: the address of this machine that the router is reached at.'],
  ['TALLY_VERSION=dev', 'docker-compose.yml: the tag of the images.'],
];

export function renderExample(): string {
  const blocks = listVariables().map(({ name, services, isRequired, default: fallback, meaning }) => {
    const value = isRequired ? '' : (fallback ?? '');
    return `# ${services.join(', ')}: ${meaning}${isRequired ? ' Required.' : ''}\n${isRequired ? '' : '#'}${name}=${value}\n`;
  });
  return `# Every variable, with its default. \`npm start\` needs none of them; docker-compose.yml reads a copy of this file named .env.
# Written by \`npm run docs:configuration\`.

${[...blocks, ...others.map(([assignment, meaning]) => `# ${meaning}\n#${assignment}\n`)].join('\n')}`;
}

if (import.meta.main) {
  writeFileSync(configurationPage, renderConfiguration());
  writeFileSync(environmentExample, renderExample());
}
