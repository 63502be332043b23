import { readFileSync } from 'node:fs';
import { createClient } from 'graphql-ws';

/** Something was not as the tour says. */
export class Surprise extends Error {
  override readonly name = 'Surprise';
}

export type Variables = Readonly<Record<string, unknown>>;

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

export interface Subscription<Event> {
  /** The next event that nobody has taken yet; waits for it 15 s at most. */
  readonly next: () => Promise<Event>;
  /** How many events came so far. */
  readonly count: () => number;
  readonly close: () => Promise<void>;
}

const eventTimeoutMs = 15_000;

/** The text of `tour/operations/<name>.graphql`. */
function readOperation(name: string): string {
  return readFileSync(new URL(`operations/${name}.graphql`, import.meta.url), 'utf8');
}

/** The endpoint, whether it was given with or without its path. */
export function toEndpoint(url: string): string {
  const endpoint = new URL(url);
  if (endpoint.pathname === '/') endpoint.pathname = '/graphql';
  return endpoint.href;
}

/**
 * Sends one operation of the tour.
 *
 * @throws Surprise when there is an error in the answer, or no answer.
 */
export async function send<Data>(endpoint: string, operation: string, variables: Variables = {}, token?: string): Promise<Data> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query: readOperation(operation), variables }),
    signal: AbortSignal.timeout(30_000),
  });
  const answer = (await response.json()) as Answer;
  if (answer.errors !== undefined || answer.data === undefined) throw new Surprise(`${operation} was refused: ${describe(answer)}`);
  return answer.data as Data;
}

/** Subscribes over graphql-ws; the token goes into the connection's parameters. Resolves when the connection stands. */
export async function subscribe<Event>(
  endpoint: string,
  operation: string,
  variables: Variables,
  token: string,
): Promise<Subscription<Event>> {
  const arrived: Event[] = [];
  let count = 0;
  let problem: Error | undefined;
  let wake: () => void = () => undefined;
  const fail = (reason: unknown) => {
    problem = new Surprise(`${operation} broke: ${reason instanceof Error ? reason.message : JSON.stringify(reason)}`);
    wake();
  };
  const client = createClient({
    url: endpoint.replace(/^http/, 'ws'),
    connectionParams: { authorization: `Bearer ${token}` },
    lazy: false,
    retryAttempts: 0,
    onNonLazyError: fail,
  });
  await new Promise<void>((resolve, reject) => {
    client.on('connected', () => resolve());
    client.on('error', () => reject(new Surprise(`${operation}: no WebSocket at ${endpoint}`)));
    client.on('closed', () => reject(new Surprise(`${operation}: the connection was refused`)));
  });
  client.subscribe<Event>(
    { query: readOperation(operation), variables: { ...variables } },
    {
      next: (answer) => {
        if (answer.errors !== undefined || answer.data === undefined || answer.data === null) return fail(answer.errors ?? answer);
        count += 1;
        arrived.push(answer.data as Event);
        wake();
      },
      error: fail,
      complete: () => fail(new Error('it ended')),
    },
  );
  return {
    next: async () => {
      const deadline = Date.now() + eventTimeoutMs;
      for (;;) {
        const event = arrived.shift();
        if (event !== undefined) return event;
        if (problem !== undefined) throw problem;
        const leftMs = deadline - Date.now();
        if (leftMs <= 0) throw new Surprise(`${operation}: no event within ${eventTimeoutMs / 1000} s`);
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, leftMs);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
    },
    count: () => count,
    close: async () => client.dispose(),
  };
}

function describe(answer: Answer): string {
  const errors = answer.errors?.map(({ message, extensions }) => `${extensions?.code ?? 'no code'}: ${message}`) ?? ['no data'];
  return errors.join('; ');
}
