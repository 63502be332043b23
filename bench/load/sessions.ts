import { randomUUID } from 'node:crypto';
import type { Dispatcher } from 'undici';
import type { Place } from '../../client/place.ts';
import { createTally } from '../../client/tally.ts';

/** A session with a round open, as its clients know it. */
export interface Sitting {
  readonly facilitator: Place;
  readonly roundId: string;
  /** The facilitator's first; everybody votes. */
  readonly tokens: readonly string[];
}

/** Asks a GraphQL server, with as little of the bench's own time as can be: this is what is measured. @throws Error for anything but data. */
export async function ask(
  server: Dispatcher,
  query: string,
  variables: Readonly<Record<string, unknown>>,
  token?: string,
  // biome-ignore lint/suspicious/noExplicitAny: answers are as their queries say.
): Promise<any> {
  const { body } = await server.request({
    path: '/graphql',
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables }),
  });
  const answer = (await body.json()) as { readonly data?: unknown; readonly errors?: readonly { readonly message: string }[] };
  if (answer.errors !== undefined) throw new Error(answer.errors[0]?.message);
  return answer.data;
}

/** Opens a session with as many voters and topics, and a round in it. */
export async function openSitting(url: string, { voters, items }: { readonly voters: number; readonly items: number }): Promise<Sitting> {
  const tally = createTally({ url });
  const facilitator = await tally.createSession({ title: 'Load', name: 'Ada' });
  const tokens: string[] = [facilitator.admission().token];
  for (let voter = 1; voter < voters; voter += 1) {
    const place = await tally.joinSession({ inviteCode: facilitator.inviteCode, name: `Voter ${voter}` });
    tokens.push(place.admission().token);
  }
  await facilitator.addTopics(Array.from({ length: items }, (_, index) => `Topic ${index + 1}`));
  const { id: roundId } = await facilitator.startRound();
  return { facilitator, roundId, tokens };
}

/** Reveals, settles and opens the next round. */
export async function playOn({ facilitator, roundId, tokens }: Sitting): Promise<Sitting> {
  await facilitator.reveal(roundId);
  await facilitator.settle(roundId, 5);
  return { facilitator, roundId: (await facilitator.startRound()).id, tokens };
}

/** As many of them, ten at a time. */
export async function openSittings(
  url: string,
  { sessions, ...size }: { readonly sessions: number; readonly voters: number; readonly items: number },
): Promise<readonly Sitting[]> {
  const sittings: Sitting[] = [];
  while (sittings.length < sessions)
    sittings.push(...(await Promise.all(Array.from({ length: Math.min(10, sessions - sittings.length) }, () => openSitting(url, size)))));
  return sittings;
}

const vote =
  'mutation CastVote($roundId: ID!, $card: String!, $key: ID) { castVote(roundId: $roundId, card: $card, idempotencyKey: $key) { id state } }';
const cards = ['1', '2', '3', '5', '8', '13'];

/** Casts the turn's vote: another person and another card each time. */
export async function castVote(server: Dispatcher, { roundId, tokens }: Sitting, turn: number): Promise<void> {
  await ask(server, vote, { roundId, card: cards[turn % cards.length], key: randomUUID() }, tokens[turn % tokens.length]);
}

/** In each session one person after the other votes, all sessions at once; returns how long each vote took, in milliseconds. */
export async function voteInTurns(server: Dispatcher, sittings: readonly Sitting[], forMs: number): Promise<readonly number[]> {
  const times: number[] = [];
  const until = performance.now() + forMs;
  await Promise.all(
    sittings.map(async (sitting) => {
      for (let turn = 0; performance.now() < until; turn += 1) {
        const sentAt = performance.now();
        await castVote(server, sitting, turn);
        times.push(performance.now() - sentAt);
      }
    }),
  );
  return times;
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN);
}

export const round = (value: number): number => Math.round(value * 100) / 100;
