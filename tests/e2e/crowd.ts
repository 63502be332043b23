import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The page's operations, as it was built. */
export const operationsFile = join(import.meta.dirname, '../../web/dist/operations.json');

/** What an operation answers, by field. */
type Answered = Record<string, Record<string, unknown>>;

/** Runs an operation of the page by its name, as the page would send it. @throws Error when the graph answers with errors. */
export type RunOperation = (name: string, variables: object, token?: string) => Promise<Answered>;

/** People in a session without a browser of their own; every operation is the page's. */
export interface Crowd {
  readonly run: RunOperation;
  /** Lets people join until there are so many. */
  readonly seat: (count: number) => Promise<void>;
  /** The round that is played, once somebody is seated. */
  readonly findRoundId: () => Promise<string>;
  /** Everybody gives a sign of life. */
  readonly beHere: () => Promise<void>;
  /** Everybody plays in the open round, or in the one that is named: the cards in turns, each with the note that `noteOf` gives. */
  readonly voteAll: (cards: readonly string[], noteOf?: (place: number) => string, roundId?: string) => Promise<void>;
}

/** The page's operations on a router at `url`. */
export function createRunner(url: string | URL): RunOperation {
  const manifest = JSON.parse(readFileSync(operationsFile, 'utf8')) as {
    readonly operations: readonly { readonly name: string; readonly body: string }[];
  };
  return async (name, variables, token) => {
    const query = manifest.operations.find((operation) => operation.name === name)?.body;
    const answer = await fetch(new URL('/graphql', url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await answer.json()) as { readonly data: Answered; readonly errors?: unknown };
    if (errors !== undefined) throw new Error(`${name} must be answered without errors, but got: ${JSON.stringify(errors)}`);
    return data;
  };
}

/** A crowd for the session of an invite link. */
export function createCrowd(link: string, nameOf = (place: number): string => `Person ${place + 1}`): Crowd {
  const run = createRunner(link);
  const inviteCode = new URL(link).pathname.split('/').at(-1) ?? '';
  const tokens: string[] = [];

  async function findRoundId(): Promise<string> {
    const { invitation } = await run('Invitation', { inviteCode });
    const { session } = await run('SessionPage', { wholeId: invitation?.['sessionId'], first: 50 }, tokens[0]);
    return (session?.['currentRound'] as { readonly id: string } | null)?.id ?? '';
  }

  return {
    run,
    findRoundId,
    seat: async (count) => {
      for (let place = tokens.length; place < count; place += 1) {
        const { joinSession } = await run('JoinSession', { inviteCode, name: nameOf(place), role: 'ESTIMATOR' });
        tokens.push(String(joinSession?.['token']));
      }
    },
    beHere: async () => {
      for (const token of tokens) await run('ImHere', {}, token);
    },
    voteAll: async (cards, noteOf, named) => {
      const roundId = named ?? (await findRoundId());
      for (const [place, token] of tokens.entries())
        await run('CastVote', { roundId, card: cards[place % cards.length], ...(noteOf && { note: noteOf(place) }) }, token);
    },
  };
}
