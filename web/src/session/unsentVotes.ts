import { useApolloClient } from '@apollo/client/react';
import { useEffect } from 'react';
import { showToast } from '../design/Toasts.tsx';
import { CastVoteDocument } from '../generated/graph.ts';
import type { GraphConnection } from '../graph/connection.ts';
import { isNetworkError } from '../graph/connection.ts';
import { toErrorText } from '../graph/errors.ts';
import { createStore } from '../store.ts';
import { currentText } from '../text/text.ts';

/** A card that was played while the network was away. Its key makes sending it again harmless. */
export interface UnsentVote {
  readonly roundId: string;
  readonly track: string;
  readonly card: string;
  readonly note: string | null;
  readonly idempotencyKey: string;
}

export const unsentVotes = createStore<readonly UnsentVote[]>([]);

const isOf = (roundId: string, track: string) => (vote: UnsentVote) => vote.roundId === roundId && vote.track === track;

/** Keeps a card until it can be sent, in place of the one that was kept before. */
export function keepUnsent(vote: UnsentVote): void {
  dropUnsent(vote.roundId, vote.track);
  unsentVotes.set([...unsentVotes.get(), vote]);
}

export function dropUnsent(roundId: string, track: string): void {
  const left = unsentVotes.get().filter((vote) => !isOf(roundId, track)(vote));
  if (left.length !== unsentVotes.get().length) unsentVotes.set(left);
}

const againMs = 3_000;

/** Sends kept cards as soon as the network is back; a round that is over by then says so. */
export function useSendingUnsent({ onResume }: GraphConnection): void {
  const client = useApolloClient();
  useEffect(() => {
    let isSending = false;
    async function send(): Promise<void> {
      if (isSending) return;
      isSending = true;
      for (const vote of unsentVotes.get()) {
        try {
          await client.mutate({ mutation: CastVoteDocument, variables: { ...vote } });
        } catch (error) {
          if (isNetworkError(error)) break;
          showToast('bad', toErrorText(error, currentText()));
        }
        if (unsentVotes.get().includes(vote)) dropUnsent(vote.roundId, vote.track);
      }
      isSending = false;
    }
    const now = () => void send();
    const timer = setInterval(now, againMs);
    addEventListener('online', now);
    const stopResume = onResume(now);
    return () => {
      clearInterval(timer);
      removeEventListener('online', now);
      stopResume();
    };
  }, [client, onResume]);
}
