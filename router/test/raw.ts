import WebSocket from 'ws';

/** The code of the first error in an answer. */
export const codeIn = (body: {
  readonly errors?: ReadonlyArray<{ readonly extensions?: { readonly code?: string } }>;
}): string | undefined => body.errors?.[0]?.extensions?.code;

export const acceptsEventStream = { accept: 'text/event-stream' };
export const acceptsMultipart = { accept: 'multipart/mixed;subscriptionSpec=1.0' };

/** Posts a body as it is, or as JSON, and reads the code out of whatever comes back: JSON, server-sent events or multipart. */
export async function sendRaw(
  url: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ readonly status: number; readonly code: string | undefined }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  const json = text.startsWith('{') ? text : (/(?:data: |^)(\{.*\})/m.exec(text)?.[1] ?? '{}');
  const answer = JSON.parse(json);
  return { status: response.status, code: codeIn(answer.payload ?? answer) };
}

/** Sends raw messages on a fresh socket; resolves to the first error's code, the first payload, or the close code. */
export function sendBySocket(url: string, messages: readonly unknown[], init: unknown = { type: 'connection_init' }): Promise<unknown> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url.replace(/^http/, 'ws'), 'graphql-transport-ws');
    const answer = (value: unknown) => {
      resolve(value);
      socket.close();
    };
    socket.on('open', () => {
      socket.send(typeof init === 'string' ? init : JSON.stringify(init));
    });
    socket.on('message', (data) => {
      const message = JSON.parse(String(data));
      if (message.type === 'connection_ack')
        for (const each of messages) socket.send(typeof each === 'string' ? each : JSON.stringify(each));
      else if (message.type === 'error') answer(message.payload[0].extensions?.code);
      else if (message.type === 'next') answer(codeIn(message.payload) ?? message.payload);
    });
    socket.on('close', (code) => answer(code));
    socket.on('error', () => {});
  });
}

export interface Operation {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** Sends the same query by every way into the router, one after the other; resolves to the codes of their errors. */
export async function askEverywhere(
  url: string,
  operation: Operation,
  headers: Readonly<Record<string, string>> = {},
): Promise<ReadonlyArray<string | undefined>> {
  const search = new URLSearchParams({ query: operation.query, variables: JSON.stringify(operation.variables ?? {}) });
  const got = await fetch(`${url}?${search}`, { headers: { accept: 'application/json', ...headers } });
  const bySocket = await sendBySocket(url, [{ id: '1', type: 'subscribe', payload: operation }], {
    type: 'connection_init',
    payload: headers,
  });
  return [
    (await sendRaw(url, operation, headers)).code,
    codeIn((await got.json()) as Parameters<typeof codeIn>[0]),
    (await sendRaw(url, operation, { ...headers, ...acceptsEventStream })).code,
    (await sendRaw(url, operation, { ...headers, accept: 'multipart/mixed;subscriptionSpec=1.0' })).code,
    typeof bySocket === 'string' ? bySocket : undefined,
  ];
}

/** The same code by every way. */
export const everywhere = (code: string | undefined): ReadonlyArray<string | undefined> => Array(5).fill(code);
