import { useEffect, useRef } from 'react';
import { ChooseAvatarDocument } from '../generated/later.ts';
import { useAction } from '../graph/useAction.ts';
import { useSession } from '../session/context.ts';
import { findOwnAvatar, toLookText } from './ownAvatar.ts';

/** Takes the avatar that one chose elsewhere into this session, once; where somebody has it already one keeps the other. */
export function useOwnAvatar(): void {
  const { session, me } = useSession();
  const [choose] = useAction(ChooseAvatarDocument);
  const hasTried = useRef(false);
  useEffect(() => {
    const wanted = findOwnAvatar();
    if (!me?.isPresent || session.state === 'CLOSED' || hasTried.current || wanted === undefined) return;
    hasTried.current = true;
    if (toLookText(me.avatar) === toLookText(wanted)) return;
    void choose({ avatar: wanted }, { onFailure: () => true });
  }, [me, session.state, choose]);
}
