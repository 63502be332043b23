import { useEffect, useRef } from 'react';
import { showToast } from '../design/Toasts.tsx';
import { useText } from '../text/text.ts';
import { useSession } from './context.ts';
import { findSuccessors } from './succession.ts';

/** Tells everybody who leads now when the facilitators are away: it is shown, and read aloud. */
export function SuccessionNews() {
  const { session, me } = useSession();
  const text = useText();
  const before = useRef(session);

  useEffect(() => {
    const successors = findSuccessors(before.current, session);
    before.current = session;
    for (const { id, name } of successors) showToast('good', id === me?.id ? text('lead.you') : text('lead.now', { name }));
  }, [session, me?.id, text]);

  return null;
}
