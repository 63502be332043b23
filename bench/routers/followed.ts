import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeBench, startProcess } from './processes.ts';
import type { Command } from './subgraphs.ts';

const plenty = '100000000';

/** The router tests' two subgraphs in a process, and what a router before them needs to know. */
export interface Followed {
  readonly subgraphs: ChildProcess;
  readonly environment: Record<string, string>;
  readonly supergraphFile: string;
}

export async function startFollowed(): Promise<Followed> {
  const { child: subgraphs, message } = await startProcess<{ voting: string; jira: string; jwks: string }>(
    new URL('./subgraphs.ts', import.meta.url),
    {},
  );
  const supergraphFile = join(mkdtempSync(join(tmpdir(), 'tally-bench-')), 'supergraph.graphql');
  const sdlOf = (name: string) => readFileSync(new URL(`../../router/test/${name}.graphql`, import.meta.url), 'utf8');
  writeFileSync(
    supergraphFile,
    composeBench([
      { name: 'voting', url: message.voting, sdl: sdlOf('voting') },
      { name: 'jira', url: message.jira, sdl: sdlOf('jira') },
    ]),
  );
  const environment = {
    VOTING_SERVICE_URL: message.voting,
    JIRA_SERVICE_URL: message.jira,
    JWKS_URL: message.jwks,
    SUPERGRAPH_FILE: supergraphFile,
    RATE_LIMIT_IP: plenty,
    RATE_LIMIT_IDENTITY: plenty,
    MAX_CONNECTIONS_PER_IP: plenty,
  };
  return { subgraphs, environment, supergraphFile };
}

export function askSubgraphs<Answer>(child: ChildProcess, what: Command): Promise<Answer> {
  const answer = new Promise<Answer>((resolve) => child.once('message', (value) => resolve(value as Answer)));
  child.send(what);
  return answer;
}
