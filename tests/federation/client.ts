import type { TallyError } from '../../client/errors.ts';
import { type Answer, createTransport, type Status } from '../../client/transport.ts';

export interface Stream<Event> {
  /** The next payload; waits 15 s at most. */
  readonly next: () => Promise<Event>;
  /** Everything that came so far, taken or not. */
  readonly all: () => readonly Event[];
  readonly close: () => Promise<void>;
}

// What a test asks for it types itself: the answers of a foreign server have no types.
// biome-ignore lint/suspicious/noExplicitAny: see above
export type Loose = any;

/** Sends one operation, as any client would. */
export async function send<Data = Loose>(
  url: string,
  query: string,
  variables: object = {},
  token?: string,
): Promise<Answer<Data> & Status> {
  return createTransport({ url }).send<Data, object>(query, variables, token);
}

/** As `send`, and throws at the first error. */
export async function ask<Data = Loose>(url: string, query: string, variables: object = {}, token?: string): Promise<Data> {
  const { data, errors } = await send<Data>(url, query, variables, token);
  if (errors.length > 0 || data === null) throw new Error(`${query}\nwas refused: ${JSON.stringify(errors)}`);
  return data;
}

/** The code of the first error; undefined when there is none. */
export async function codeOf(answer: Promise<Answer<unknown>>): Promise<string | undefined> {
  return (await answer).errors[0]?.extensions?.code;
}

/** Follows a subscription over graphql-ws; what a payload's errors say ends up in `next` like any payload. */
export async function follow<Event = Loose>(url: string, query: string, variables: object, token?: string): Promise<Stream<Event>> {
  const arrived: Event[] = [];
  let taken = 0;
  let problem: Error | undefined;
  let wake = () => {};
  const connected = Promise.withResolvers<void>();
  const options = { onConnected: connected.resolve, ...(token === undefined ? {} : { token }) };
  const payloads = createTransport({ url }).follow<unknown, object>(query, variables, options);
  const fail = (words: string) => {
    problem = new Error(`The subscription ended: ${words}`);
    connected.resolve();
    wake();
  };
  const pump = async () => {
    for await (const { data, errors } of payloads) {
      arrived.push((errors.length === 0 ? { data } : { data, errors }) as Event);
      wake();
    }
    fail('complete');
  };
  void pump().catch((error: TallyError) => fail(`${error.code} ${error.message}`));
  await connected.promise;
  // graphql-ws does not confirm a subscription: give it a moment to reach the subgraph.
  await new Promise((resolve) => setTimeout(resolve, 300));
  return {
    next: async () => {
      const deadline = Date.now() + 15_000;
      for (;;) {
        const event = arrived[taken];
        if (event !== undefined) {
          taken += 1;
          return event;
        }
        if (problem !== undefined) throw problem;
        if (Date.now() >= deadline) throw new Error('No event came within 15 s.');
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, deadline - Date.now());
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
    },
    all: () => arrived,
    close: async () => {
      await payloads.return?.();
    },
  };
}

/** Asks until the answer fits, 15 s at most; the last answer if it never does. */
export async function waitFor<Value>(read: () => Promise<Value>, fits: (value: Value) => boolean): Promise<Value> {
  const deadline = Date.now() + 15_000;
  for (;;) {
    const value = await read();
    if (fits(value) || Date.now() >= deadline) return value;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
