import { useEffect, useRef, useState } from 'react';
import { SessionSignalsDocument } from '../generated/later.ts';
import { useSession } from '../session/context.ts';
import { useStore } from '../store.ts';
import { useLaterText } from '../text/later.ts';
import { NudgeNotice } from './NudgeNotice.tsx';
import { isTitleMarked, notify } from './notices.ts';
import { findOccasion, isAwaited, toTitleMark } from './occasions.ts';
import { emojis, showReaction } from './reactions.ts';
import { useOwnAvatar } from './useOwnAvatar.ts';

interface Nudge {
  readonly by: string;
  readonly roundId: string | undefined;
  readonly number: number;
}

const againMs = 1_500;

/** What is heard beside the estimating: nudges, reactions, and by choice that a round began or everyone has voted. */
export function Social({ onTitleMark }: { readonly onTitleMark: (mark: string) => void }) {
  const { session, me, connection, findParticipant } = useSession();
  const text = useLaterText();
  useOwnAvatar();
  const [nudge, setNudge] = useState<Nudge>();
  const [said, setSaid] = useState('');
  const isMarked = useStore(isTitleMarked.store);
  const now = useRef({ me, round: session.currentRound, findParticipant, text });
  now.current = { me, round: session.currentRound, findParticipant, text };
  const { id: sessionId } = session;

  useEffect(() => {
    let isStopped = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stop = follow();

    function follow(): () => void {
      return connection.follow({
        query: SessionSignalsDocument,
        variables: { sessionId },
        onData: ({ sessionSignals: { by, nudged, reaction } }) => {
          const { current } = now;
          const name = current.findParticipant(by)?.name ?? current.text('someone');
          if (reaction !== null) {
            showReaction(by, reaction);
            if (by !== current.me?.id) setSaid(`${name}: ${emojis[reaction]} ${current.text(`reaction.${reaction}`)}`);
          }
          if (current.me === undefined || !nudged.includes(current.me.id)) return;
          setNudge((before) => ({ by: name, roundId: current.round?.id, number: (before?.number ?? 0) + 1 }));
          notify('nudged');
        },
        onEnd: () => {
          clearTimeout(timer);
          timer = setTimeout(() => {
            if (!isStopped) stop = follow();
          }, againMs);
        },
      });
    }

    return () => {
      isStopped = true;
      clearTimeout(timer);
      stop();
    };
  }, [connection, sessionId]);

  const previous = useRef(session);
  useEffect(() => {
    const occasion = findOccasion(previous.current, session, me);
    previous.current = session;
    if (occasion !== undefined) notify(occasion);
  }, [session, me]);

  const isNudged = nudge !== undefined && nudge.roundId === session.currentRound?.id && isAwaited(session, me);
  const mark = isMarked ? toTitleMark(session, me, isNudged) : '';
  useEffect(() => onTitleMark(mark), [mark, onTitleMark]);

  return (
    <>
      {isNudged && <NudgeNotice key={nudge.number} by={nudge.by} onDismiss={() => setNudge(undefined)} />}
      <div className="visually-hidden" role="log" aria-live="polite" data-announcer>
        {said}
      </div>
    </>
  );
}
