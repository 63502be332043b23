import { join } from 'node:path';
import { z } from 'zod';
import {
  type ConfigIssue,
  dataDirectory,
  type Environment,
  isLoopback,
  milliseconds,
  operationsVariables,
  parseConfig,
  seconds,
  type ValidValues,
} from '../../../kit/process/config.ts';
import { findOidcIssues, oidcVariables, toOidcOptions } from '../../../kit/process/oidc.ts';
import { addressVariables, portVariables, secretVariables } from '../../../kit/process/services.ts';
import { findTlsIssues, tlsVariables } from '../../../kit/process/tls.ts';
import { findStoreIssues, storeVariables } from './stores.ts';

/** The variables of voting; docs/configuration.md is written out of it. */
export const schema = z.object({
  ...operationsVariables,
  ...tlsVariables,
  VOTING_PORT: portVariables.VOTING_PORT,
  JIRA_SERVICE_URL: addressVariables.JIRA_SERVICE_URL,
  JIRA_SERVICE_TIMEOUT_MS: milliseconds.default(15_000).describe('milliseconds that voting waits for jira.'),
  ...storeVariables,
  DATA_DIRECTORY: dataDirectory,
  SIGNING_KEY_FILE: z
    .string()
    .optional()
    .describe("the keys of participants' tokens (`npm run -s signing-keys`); made in DATA_DIRECTORY without it."),
  WRITE_BACK_LEASE_SECONDS: seconds
    .min(1)
    .default(60)
    .describe(
      "how long a replica's claim on a write-back holds: six times JIRA_TIMEOUT_MS or more, and longer than Jira may apply a request whose answer was lost.",
    ),
  TOKEN_TTL_SECONDS: seconds
    .min(60)
    .default(3600)
    .describe("how long a participant's token is valid; its refresh secret lasts as long as the session."),
  SESSION_JOIN_RATE: z.coerce
    .number('must be a number of people')
    .int()
    .min(1)
    .max(500)
    .default(200)
    .describe(
      'newcomers that a session takes within ten minutes, from all addresses together; more wait until a facilitator lets them in.',
    ),
  SESSION_RETENTION_DAYS: z.coerce
    .number('must be a number of days')
    .int()
    .min(0)
    .max(36_500)
    .default(365)
    .describe('days without a change after which a session is deleted; 0 keeps them.'),
  ...oidcVariables,
  ROUTER_TO_VOTING_SECRET: secretVariables.ROUTER_TO_VOTING_SECRET,
  VOTING_TO_JIRA_SECRET: secretVariables.VOTING_TO_JIRA_SECRET,
});

/** What is wrong with variables together. */
function findIssues(values: ValidValues<typeof schema>): readonly ConfigIssue[] {
  const { HOST = '127.0.0.1', TLS_CERT } = values;
  const secrets = isLoopback(HOST) || TLS_CERT !== undefined ? [] : (['ROUTER_TO_VOTING_SECRET', 'VOTING_TO_JIRA_SECRET'] as const);
  return [
    ...findTlsIssues(values),
    ...findStoreIssues(values, TLS_CERT !== undefined),
    ...findOidcIssues(values),
    ...secrets
      .filter((variable) => values[variable] === undefined)
      .map((variable) => ({ variable, message: 'required when HOST is not loopback' })),
  ];
}

/**
 * The voting subgraph's configuration.
 *
 * @throws ConfigError naming every bad variable.
 */
export function readConfig(environment: Environment) {
  const values = parseConfig('voting', schema, environment, findIssues);
  return {
    logLevel: values.LOG_LEVEL,
    host: values.HOST,
    port: values.VOTING_PORT,
    managementPort: values.MANAGEMENT_PORT,
    tlsFiles: values,
    store: values,
    keyFile: values.SIGNING_KEY_FILE ?? join(values.DATA_DIRECTORY, 'signing-keys.json'),
    writeBackLeaseMs: values.WRITE_BACK_LEASE_SECONDS * 1000,
    tokenTtlSeconds: values.TOKEN_TTL_SECONDS,
    joinRate: values.SESSION_JOIN_RATE,
    retentionDays: values.SESSION_RETENTION_DAYS,
    jira: { url: values.JIRA_SERVICE_URL, secret: values.VOTING_TO_JIRA_SECRET, timeoutMs: values.JIRA_SERVICE_TIMEOUT_MS },
    oidc: toOidcOptions(values),
    callers: { router: values.ROUTER_TO_VOTING_SECRET },
  };
}
