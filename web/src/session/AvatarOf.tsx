import { Avatar } from '../design/Avatar.tsx';
import { useSession } from './context.ts';

/** What a participant is shown as; nothing for whoever is not known yet. */
export function AvatarOf({ id }: { readonly id: string }) {
  const avatar = useSession().findParticipant(id)?.avatar;
  return avatar ? <Avatar {...avatar} /> : null;
}
