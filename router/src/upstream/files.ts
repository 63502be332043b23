import { Agent, request } from 'undici';
import type { Stop } from '../../../kit/process/http.ts';
import type { ClientTls } from '../../../kit/process/tls.ts';

/** A subgraph's answer to a request for a file. */
export interface FileAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: AsyncIterable<Uint8Array> & { readonly destroy: () => void };
}

export interface FileRequest {
  /** The subgraph's GraphQL endpoint: the file is on the same host. */
  readonly url: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly tls: ClientTls | undefined;
  readonly signal: AbortSignal;
}

export interface FileClient {
  /** Throws what undici says when there is no answer. */
  readonly get: (asked: FileRequest) => Promise<FileAnswer>;
  readonly close: Stop;
}

/** Apart from those of operations: a few large files must not hold them up. */
const connections = 8;

/** Fetches files from subgraphs. */
export function createFileClient(): FileClient {
  const agents = new Map<ClientTls | undefined, Agent>();
  const agentOf = (tls: ClientTls | undefined): Agent => {
    const agent = agents.get(tls) ?? new Agent({ connections, ...(tls === undefined ? {} : { connect: tls.connect }) });
    agents.set(tls, agent);
    return agent;
  };
  return {
    get: async ({ url, path, headers, timeoutMs, tls, signal }) => {
      const {
        statusCode,
        headers: given,
        body,
      } = await request(new URL(path, url), {
        dispatcher: agentOf(tls),
        headers,
        headersTimeout: timeoutMs,
        bodyTimeout: timeoutMs,
        signal,
      });
      // A body that is given up tells of it as an error, to nobody.
      body.on('error', () => undefined);
      return { status: statusCode, headers: given, body };
    },
    close: async () => {
      await Promise.all([...agents.values()].map((agent) => agent.destroy()));
    },
  };
}
