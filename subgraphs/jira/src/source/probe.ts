import { setTimeout as wait } from 'node:timers/promises';
import { DomainError, toMessage } from '../../../../kit/process/errors.ts';
import type { Stop } from '../../../../kit/process/http.ts';
import { isCredentialsRefused } from '../domain/errors.ts';
import { JiraRefusal } from './jira-answer.ts';
import type { JiraClient, JiraTrouble } from './jira-client.ts';

/** What the last look at Jira said. `unsettled`: it has not been asked yet. */
export type ProbeState = { readonly kind: 'unsettled' } | { readonly kind: 'ok' } | JiraTrouble;

export interface Probe {
  readonly state: () => ProbeState;
  /** True once Jira has answered us as it should. */
  readonly hasSucceeded: () => boolean;
  readonly stop: Stop;
}

export interface ProbeOptions {
  readonly client: JiraClient;
  /** Milliseconds between two looks; a minute unless given. */
  readonly intervalMs?: number;
  /** Told when the state has become another one. */
  readonly onChange: (state: ProbeState) => void;
}

/** Asks Jira at once and every minute whether it is one, and whether it knows us: a mistyped address or token shows before anybody needs it. */
export function startProbe({ client, intervalMs = 60_000, onChange }: ProbeOptions): Probe {
  const stopping = new AbortController();
  let state: ProbeState = { kind: 'unsettled' };
  let hasSucceeded = false;

  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const seen = await lookAtJira(client);
      if (stopping.signal.aborted) return;
      const hasChanged = seen.kind !== state.kind;
      state = seen;
      hasSucceeded ||= seen.kind === 'ok';
      if (hasChanged) onChange(seen);
      await wait(intervalMs, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);
    }
  };
  const running = run();

  return {
    state: () => state,
    hasSucceeded: () => hasSucceeded,
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

/** What an operator should know, by the last requests and by the last look; undefined while all is well. */
export function findTrouble(client: Pick<JiraClient, 'findTrouble'>, probe: Pick<Probe, 'state'>): JiraTrouble | undefined {
  const seen = probe.state();
  return client.findTrouble() ?? (seen.kind === 'ok' || seen.kind === 'unsettled' ? undefined : seen);
}

/** Both endpoints are in v2 of both flavours. */
/** Looks once: whether it is a Jira, and whether it knows us. */
export async function lookAtJira(client: JiraClient): Promise<ProbeState> {
  try {
    const info = await ask(client, 'serverInfo');
    if (typeof info !== 'object' || info === null || !('version' in info || 'deploymentType' in info || 'baseUrl' in info))
      return { kind: 'address', reason: 'What answers at JIRA_URL is no Jira: check JIRA_URL.' };
    await ask(client, 'myself');
    return { kind: 'ok' };
  } catch (error) {
    return toState(error);
  }
}

/** Counted apart from what people ask for: a look that fails must not keep them from asking. */
function ask(client: JiraClient, name: string): Promise<unknown> {
  const path = `/rest/api/2/${name}`;
  return client.send({ method: 'GET', path, endpoint: `${path} (look)` });
}

function toState(error: unknown): ProbeState {
  if (isCredentialsRefused(error)) return { kind: 'credentials', reason: error.message };
  if (error instanceof JiraRefusal) {
    // A scoped token need not be allowed to read its own user: Jira knows it all the same.
    if (error.status === 403 && error.isOfJira) return { kind: 'ok' };
    return { kind: 'address', reason: `JIRA_URL does not lead to a Jira (status ${error.status}): check JIRA_URL.` };
  }
  const reason = error instanceof Error ? toReason(error) : 'Jira does not answer.';
  const isLimit = error instanceof DomainError && error.code === 'JIRA_RATE_LIMITED';
  if (isLimit) return { kind: 'ok' };
  if (/JIRA_URL/.test(reason)) return { kind: 'address', reason };
  const isUnknown = /ENOTFOUND|ECONNREFUSED|EAI_AGAIN|certificate|ERR_TLS/i.test(reason);
  return isUnknown ? { kind: 'address', reason: `${reason.replace(/\.$/, '')}: check JIRA_URL.` } : { kind: 'away', reason };
}

/** What lies behind an error, for operators: where our Jira is said to be, and why nobody answers there. */
function toReason(error: Error): string {
  return error.cause === undefined ? error.message : `Jira does not answer: ${toMessage(error.cause)}`;
}
