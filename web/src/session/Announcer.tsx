import { useEffect, useRef, useState } from 'react';
import { useText } from '../text/text.ts';
import { toAnnouncement } from './announcement.ts';
import { useSession } from './context.ts';

/** Says aloud what others do: votes, reveals, settlements, comings and goings. */
export function Announcer() {
  const { session, findIssue, me } = useSession();
  const text = useText();
  const previous = useRef(session);
  const [said, setSaid] = useState('');

  useEffect(() => {
    const before = previous.current;
    previous.current = session;
    const next = toAnnouncement({ before, after: session, text, findIssue, myId: me?.id });
    if (next !== '') setSaid(next);
  }, [session, text, findIssue, me?.id]);

  return (
    <div className="visually-hidden" role="log" aria-live="polite" aria-atomic="true" data-announcer>
      {said}
    </div>
  );
}
