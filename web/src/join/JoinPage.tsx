import { useQuery } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import { Button } from '../design/Button.tsx';
import { Form } from '../design/Form.tsx';
import { Note, Row, Stack } from '../design/Panel.tsx';
import { AskToJoinDocument, InvitationDocument, type InvitationQuery, JoinSessionDocument, type Role } from '../generated/graph.ts';
import { findAdmission, findLastName, storeAdmission } from '../graph/admission.ts';
import { findErrorCode, toErrorText } from '../graph/errors.ts';
import { findTicket, storeTicket } from '../graph/ticket.ts';
import { useAction } from '../graph/useAction.ts';
import { useTryAgain } from '../graph/useTryAgain.ts';
import { findIdentity } from '../identity/identity.ts';
import { DisciplineField } from '../person/DisciplineField.tsx';
import { NameField } from '../person/NameField.tsx';
import { RoleChoices } from '../person/RoleChoices.tsx';
import { goTo } from '../routes.ts';
import { Loading } from '../shell/Loading.tsx';
import { Page } from '../shell/Page.tsx';
import { useText } from '../text/text.ts';
import { WaitingPage } from './WaitingPage.tsx';

/** What an invite link opens: a name and a role, no account. Whoever is in the session already goes straight in. */
export function JoinPage({ inviteCode }: { readonly inviteCode: string }) {
  const text = useText();
  const { data, error, loading, refetch } = useQuery(InvitationDocument, {
    variables: { inviteCode },
    fetchPolicy: 'network-only',
    // What is said stays there while it is tried again.
    notifyOnNetworkStatusChange: false,
  });
  const invitation = data?.invitation;
  const isAway = error !== undefined && findErrorCode(error) !== 'INVITE_NOT_FOUND';
  useTryAgain(isAway ? error : undefined, refetch);
  const isKnown = invitation != null && findAdmission(invitation.sessionId) !== undefined;

  // Looked for again when the waiting begins, and when it ends.
  const [, setTurns] = useState(0);
  const ticket = invitation ? findTicket(invitation.sessionId) : undefined;
  const renew = () => setTurns((before) => before + 1);

  useEffect(() => {
    if (isKnown && invitation) goTo({ name: 'session', sessionId: invitation.sessionId });
  }, [isKnown, invitation]);

  if (loading || isKnown) return <Loading />;
  if (!invitation) {
    return (
      <Page title={text(isAway ? 'session.notLoaded' : 'join.noInvitation')}>
        <Stack>
          <Note tone="bad">{error ? toErrorText(error, text) : text('error.INVITE_NOT_FOUND')}</Note>
          <Row>
            <Button onClick={() => void refetch().catch(() => undefined)}>{text('tryAgain')}</Button>
          </Row>
        </Stack>
      </Page>
    );
  }
  if (ticket) return <WaitingPage key={ticket.refreshSecret} ticket={ticket} title={invitation.title} onEnd={renew} />;
  if (invitation.state === 'CLOSED') {
    return (
      <Page title={text('join.title', { title: invitation.title })}>
        <Stack>
          <Note tone="notable">{text('join.closed')}</Note>
          {/* Whoever created it comes back into a closed session, too. */}
          {findIdentity() && <JoinForm inviteCode={inviteCode} invitation={invitation} onWait={renew} />}
        </Stack>
      </Page>
    );
  }
  return (
    <Page title={text('join.title', { title: invitation.title })} lead={text(invitation.needsApproval ? 'join.byApproval' : 'join.lead')}>
      <JoinForm inviteCode={inviteCode} invitation={invitation} onWait={renew} />
    </Page>
  );
}

interface JoinFormProps {
  readonly inviteCode: string;
  readonly invitation: NonNullable<InvitationQuery['invitation']>;
  /** A facilitator has to let them in: the ticket is kept. */
  readonly onWait: () => void;
}

function JoinForm({ inviteCode, invitation, onWait }: JoinFormProps) {
  const text = useText();
  const [join, isJoining] = useAction(JoinSessionDocument);
  const [ask, isAsking] = useAction(AskToJoinDocument);
  const [name, setName] = useState(findLastName);
  const [role, setRole] = useState<Role>('ESTIMATOR');
  const [discipline, setDiscipline] = useState('');

  async function submit(): Promise<void> {
    if (name.trim() === '') return;
    const me = { inviteCode, name: name.trim(), role, ...(discipline.trim() !== '' && { discipline: discipline.trim() }) };
    let mustAsk = false;
    // Whoever has been there comes in all the same, so nobody asks before they were told to.
    const onFailure = (error: unknown) => {
      mustAsk = findErrorCode(error) === 'APPROVAL_REQUIRED';
      return mustAsk;
    };
    const joined = await join(me, { onFailure });
    const asked = mustAsk ? await ask(me) : undefined;
    if (asked) {
      storeTicket(asked.askToJoin.place.sessionId, asked.askToJoin.refreshSecret);
      onWait();
    }
    if (joined) goTo({ name: 'session', sessionId: storeAdmission(joined.joinSession).sessionId });
  }

  return (
    <Form submit={text(invitation.needsApproval ? 'join.ask' : 'join.enter')} isBusy={isJoining || isAsking} onSubmit={() => void submit()}>
      {(isChecked) => (
        <>
          <NameField value={name} onChange={setName} isChecked={isChecked} />
          <RoleChoices value={role} onChange={setRole} />
          {role === 'ESTIMATOR' && <DisciplineField tracks={invitation.tracks} value={discipline} onChange={setDiscipline} />}
        </>
      )}
    </Form>
  );
}
