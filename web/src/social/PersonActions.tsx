import type { ApolloCache } from '@apollo/client';
import { Menu, type MenuItem } from '../design/Menu.tsx';
import { showToast } from '../design/Toasts.tsx';
import {
  GrantFacilitationDocument,
  type GrantFacilitationMutation,
  ReadmitParticipantDocument,
  RemoveParticipantDocument,
  type RemoveParticipantMutation,
  RevokeFacilitationDocument,
  type RevokeFacilitationMutation,
} from '../generated/later.ts';
import { useAction } from '../graph/useAction.ts';
import { type Participant, useSessionNow } from '../session/context.ts';
import { useLaterText } from '../text/later.ts';
import { useNudge } from './useNudge.ts';

interface PersonActionsProps {
  readonly participant: Participant;
  readonly isMe: boolean;
  /** Their card in the open round is missing, and one may ask for it. */
  readonly mayNudge: boolean;
  /** One's own. */
  readonly isFacilitator: boolean;
}

/** What can be done about a person: to nudge them, for whoever may; and what facilitators decide. */
export function PersonActions({ participant, isMe, mayNudge, isFacilitator }: PersonActionsProps) {
  const now = useSessionNow();
  const text = useLaterText();
  const { nudge } = useNudge();
  const [grant] = useAction(GrantFacilitationDocument);
  const [revoke] = useAction(RevokeFacilitationDocument);
  const [remove] = useAction(RemoveParticipantDocument);
  const [readmit] = useAction(ReadmitParticipantDocument);
  const participantId = participant.id;
  const unchanged = () => {
    const { id, revision } = now().session;
    return { __typename: 'Session', id, revision };
  };
  const show = (fields: Partial<Participant>) => ({
    update: (cache: ApolloCache) => {
      const id = cache.identify({ __typename: 'Participant', id: participantId });
      if (id !== undefined)
        cache.modify({ id, fields: Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, () => value])) });
    },
  });
  const grantNow = () =>
    void grant(
      { participantId },
      { optimisticResponse: { grantFacilitation: unchanged() } as unknown as GrantFacilitationMutation, ...show({ isFacilitator: true }) },
    );
  const revokeNow = () =>
    void revoke(
      { participantId },
      {
        optimisticResponse: { revokeFacilitation: unchanged() } as unknown as RevokeFacilitationMutation,
        ...show({ isFacilitator: false }),
      },
    );
  const removeNow = async () => {
    const optimisticResponse = { removeParticipant: unchanged() } as unknown as RemoveParticipantMutation;
    if (!(await remove({ participantId }, { optimisticResponse, ...show({ isPresent: false }) }))) return;
    showToast('good', text('undo.person', { name: participant.name }), {
      label: text('undo'),
      run: () => void readmit({ participantId }, show({ isPresent: true })),
    });
  };
  const items: MenuItem[] = [];
  if (mayNudge && !isMe)
    items.push({ label: text('nudge.one', { name: participant.name }), icon: 'bell', onChoose: () => void nudge(participant) });
  if (isFacilitator) {
    items.push(
      participant.isFacilitator
        ? { label: text('people.revoke'), icon: 'crown', onChoose: revokeNow }
        : { label: text('people.grant'), icon: 'crown', onChoose: grantNow },
    );
    if (!isMe) items.push({ label: text('people.remove'), icon: 'bin', isDanger: true, onChoose: () => void removeNow() });
  }
  if (items.length === 0) return null;
  return <Menu size="small" label={text('people.menu', { name: participant.name })} items={items} />;
}
