import { readFileSync } from 'node:fs';
import { expect } from 'vitest';

/** What an operation answers, by field. */
type Answered = Record<string, Record<string, unknown>>;

/** People in a session without a browser of their own; every operation is the page's. */
export interface Crowd {
  /** Runs an operation of the page by its name. */
  readonly run: (name: string, variables: object, token?: string) => Promise<Answered>;
  /** Lets people join until there are so many. */
  readonly seat: (count: number) => Promise<void>;
  /** Everybody gives a sign of life. */
  readonly beHere: () => Promise<void>;
  /** Everybody plays in the open round: the cards in turns, each with the note that `noteOf` gives. */
  readonly voteAll: (cards: readonly string[], noteOf?: (place: number) => string) => Promise<void>;
}

/** A crowd for the session of an invite link. */
export function createCrowd(link: string, nameOf = (place: number): string => `Person ${place + 1}`): Crowd {
  const url = new URL('/graphql', link);
  const inviteCode = new URL(link).pathname.split('/').at(-1) ?? '';
  const manifest = JSON.parse(readFileSync(new URL('../../web/dist/operations.json', import.meta.url), 'utf8')) as {
    readonly operations: readonly { readonly name: string; readonly body: string }[];
  };
  const tokens: string[] = [];

  async function run(name: string, variables: object, token?: string): Promise<Answered> {
    const query = manifest.operations.find((operation) => operation.name === name)?.body;
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await answer.json()) as { readonly data: Answered; readonly errors?: unknown };
    expect(errors).toBeUndefined();
    return data;
  }

  async function findRoundId(): Promise<string> {
    const { invitation } = await run('Invitation', { inviteCode });
    const { session } = await run('SessionPage', { wholeId: invitation?.['sessionId'], first: 50 }, tokens[0]);
    return (session?.['currentRound'] as { readonly id: string } | null)?.id ?? '';
  }

  return {
    run,
    seat: async (count) => {
      for (let place = tokens.length; place < count; place += 1) {
        const { joinSession } = await run('JoinSession', { inviteCode, name: nameOf(place), role: 'ESTIMATOR' });
        tokens.push(String(joinSession?.['token']));
      }
    },
    beHere: async () => {
      for (const token of tokens) await run('ImHere', {}, token);
    },
    voteAll: async (cards, noteOf) => {
      const roundId = await findRoundId();
      for (const [place, token] of tokens.entries())
        await run('CastVote', { roundId, card: cards[place % cards.length], ...(noteOf && { note: noteOf(place) }) }, token);
    },
  };
}
