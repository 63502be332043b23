import type { Dispatcher } from 'undici';
import type { WebSocket } from 'ws';
import { connectSubscriber } from '../routers/subscriber.ts';
import { castVote, playOn, type Sitting } from './sessions.ts';

const query = `subscription Changes($id: ID!) {
  sessionChanges(sessionId: $id) { revision changes { __typename ... on VoteChanged { roundId participantId track hasVoted } } }
}`;
/** A vote that one of its session's pages has not heard of by then is lost. */
const patienceMs = 60_000;

export interface Delivered {
  /** How long each vote took, in milliseconds. */
  readonly votes: readonly number[];
  /** From the sending of a vote until one of those who follow its session has it, for each of them. */
  readonly deliveries: readonly number[];
}

/** A session that each of its people follows, at a connection of their own. */
interface FollowedSitting {
  readonly sockets: readonly WebSocket[];
  /** Calls `onHeard` for each page that hears of the next vote; resolves when all have. @throws Error for a vote that somebody does not hear of. */
  readonly nextVote: (onHeard: () => void) => Promise<void>;
}

/** Opens the pages of all sessions. */
export async function followAll(url: string, sittings: readonly Sitting[]): Promise<readonly FollowedSitting[]> {
  const followed: FollowedSitting[] = [];
  for (const sitting of sittings) followed.push(await follow(url, sitting));
  return followed;
}

async function follow(url: string, { facilitator, tokens }: Sitting): Promise<FollowedSitting> {
  const following = { query, variables: { id: facilitator.sessionId } };
  const sockets = await Promise.all(tokens.map((token) => connectSubscriber(url, token, following, { count: 0 })));
  let hear: () => void = () => undefined;
  for (const socket of sockets) socket.on('message', (data: Buffer) => data.includes('"VoteChanged"') && hear());
  return {
    sockets,
    nextVote: (onHeard) =>
      new Promise((resolve, reject) => {
        const lost = setTimeout(() => reject(new Error('Somebody did not hear of a vote.')), patienceMs);
        let left = sockets.length;
        hear = () => {
          onHeard();
          left -= 1;
          if (left > 0) return;
          clearTimeout(lost);
          resolve();
        };
      }),
  };
}

/** Plays so many rounds in all sessions at once: one after the other votes as soon as all pages have the vote before. */
export async function playFollowed(
  server: Dispatcher,
  sittings: readonly Sitting[],
  followed: readonly FollowedSitting[],
  rounds: number,
): Promise<Delivered & { readonly sittings: readonly Sitting[] }> {
  const votes: number[] = [];
  const deliveries: number[] = [];
  const played = sittings.map(async (first, index) => {
    let sitting = first;
    for (let round = 0; round < rounds; round += 1) {
      for (const turn of sitting.tokens.keys()) {
        const sentAt = performance.now();
        const heard = followed[index]?.nextVote(() => deliveries.push(performance.now() - sentAt));
        await castVote(server, sitting, turn);
        votes.push(performance.now() - sentAt);
        await heard;
      }
      sitting = await playOn(sitting);
    }
    return sitting;
  });
  return { sittings: await Promise.all(played), votes, deliveries };
}
