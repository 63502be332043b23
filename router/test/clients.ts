import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createWsClient } from 'graphql-ws';
import WebSocket from 'ws';

/** What a client got so far from one subscription. */
export interface Following {
  // biome-ignore lint/suspicious/noExplicitAny: tests look into payloads of any shape.
  readonly payloads: any[];
  readonly errors: unknown[];
  readonly isDone: () => boolean;
  /** Close codes of the socket, for graphql-ws. */
  readonly closeCodes: number[];
  readonly stop: () => Promise<void>;
}

export interface FollowOptions {
  readonly url: string;
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  readonly token?: string | (() => Promise<string>);
  readonly retryAttempts?: number;
}

export type Follow = (options: FollowOptions) => Following;

/** Follows by the real graphql-ws client. */
export const followByWebSocket: Follow = ({ url, query, variables, token, retryAttempts = 0 }) => {
  const { following, sink } = createFollowing(async () => {
    await client.dispose();
  });
  const client = createWsClient({
    url: url.replace(/^http/, 'ws'),
    webSocketImpl: WebSocket,
    retryAttempts,
    retryWait: () => new Promise((resolve) => setTimeout(resolve, 100)),
    shouldRetry: () => true,
    connectionParams: async () =>
      token === undefined ? {} : { authorization: `Bearer ${typeof token === 'string' ? token : await token()}` },
    on: { closed: (event) => following.closeCodes.push((event as { code: number }).code) },
  });
  client.subscribe({ query, ...(variables === undefined ? {} : { variables }) }, sink);
  return following;
};

/** Follows by the real graphql-sse client. */
export const followByEventStream: Follow = ({ url, query, variables, token }) => {
  const { following, sink } = createFollowing(async () => client.dispose());
  const client = createSseClient({
    url,
    retryAttempts: 0,
    headers: async (): Promise<Record<string, string>> =>
      token === undefined ? {} : { authorization: `Bearer ${typeof token === 'string' ? token : await token()}` },
  });
  client.subscribe({ query, ...(variables === undefined ? {} : { variables }) }, sink);
  return following;
};

/** Follows by Apollo's multipart protocol, read part by part. */
export const followByMultipart: Follow = ({ url, query, variables, token }) => {
  const abort = new AbortController();
  const { following, sink } = createFollowing(async () => abort.abort());
  const run = async (): Promise<void> => {
    const response = await fetch(url, {
      method: 'POST',
      signal: abort.signal,
      headers: {
        'content-type': 'application/json',
        accept: 'multipart/mixed;boundary="graphql";subscriptionSpec=1.0,application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${typeof token === 'string' ? token : await token()}` }),
      },
      body: JSON.stringify({ query, variables }),
    });
    if (response.headers.get('content-type')?.startsWith('multipart/mixed') !== true) {
      const { errors } = (await response.json()) as { errors: unknown };
      return sink.error(errors);
    }
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      const parts = text.split('--graphql');
      text = parts.pop() ?? '';
      for (const part of parts) {
        const json = part.split('\r\n\r\n')[1]?.trim();
        if (json === undefined || json === '{}') continue;
        const { payload, errors } = JSON.parse(json);
        if (payload !== null) sink.next(payload);
        else if (errors !== undefined) sink.error(errors);
      }
    }
    sink.complete();
  };
  run().catch((error) => (abort.signal.aborted ? undefined : sink.error(error)));
  return following;
};

function createFollowing(stop: () => Promise<void>) {
  let isDone = false;
  const following: Following = { payloads: [], errors: [], closeCodes: [], isDone: () => isDone, stop };
  const sink = {
    next: (payload: unknown) => void following.payloads.push(payload),
    error: (error: unknown) => {
      isDone = true;
      following.errors.push(error);
    },
    complete: () => {
      isDone = true;
    },
  };
  return { following, sink };
}
