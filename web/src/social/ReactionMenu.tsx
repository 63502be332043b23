import { Icon } from '../design/Icon.tsx';
import { Menu } from '../design/Menu.tsx';
import { ReactDocument, type Reaction } from '../generated/later.ts';
import { findErrorCode } from '../graph/errors.ts';
import { useAction } from '../graph/useAction.ts';
import { useSession } from '../session/context.ts';
import { useLaterText } from '../text/later.ts';
import { emojis, reactionKinds } from './reactions.ts';

/** Six ways to show how one feels. */
export function ReactionMenu() {
  const { session, me } = useSession();
  const text = useLaterText();
  const [react] = useAction(ReactDocument);
  if (!me?.isPresent || session.state === 'CLOSED') return null;
  // Who is too quick for the room has shown what they feel.
  const send = (reaction: Reaction) => void react({ reaction }, { onFailure: (error) => findErrorCode(error) === 'RATE_LIMITED' });
  return (
    <Menu
      label={text('reaction.menu')}
      items={reactionKinds.map((kind) => ({ label: `${emojis[kind]} ${text(`reaction.${kind}`)}`, onChoose: () => send(kind) }))}
    >
      <Icon name="smile" />
    </Menu>
  );
}
