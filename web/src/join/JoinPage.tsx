import { useQuery } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import { Button } from '../design/Button.tsx';
import { Form } from '../design/Form.tsx';
import { Note, Row, Stack } from '../design/Panel.tsx';
import { InvitationDocument, type InvitationQuery, JoinSessionDocument, type Role } from '../generated/graph.ts';
import { findAdmission, findLastName, storeAdmission } from '../graph/admission.ts';
import { findErrorCode, toErrorText } from '../graph/errors.ts';
import { useAction } from '../graph/useAction.ts';
import { useTryAgain } from '../graph/useTryAgain.ts';
import { findIdentity } from '../identity/identity.ts';
import { DisciplineField } from '../person/DisciplineField.tsx';
import { NameField } from '../person/NameField.tsx';
import { RoleChoices } from '../person/RoleChoices.tsx';
import { goTo } from '../routes.ts';
import { Loading } from '../shell/Loading.tsx';
import { Page } from '../shell/Page.tsx';
import { useText } from '../text/text.tsx';

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
  if (invitation.state === 'CLOSED') {
    return (
      <Page title={text('join.title', { title: invitation.title })}>
        <Stack>
          <Note tone="notable">{text('join.closed')}</Note>
          {/* Whoever created it comes back into a closed session, too. */}
          {findIdentity() && <JoinForm inviteCode={inviteCode} tracks={invitation.tracks} />}
        </Stack>
      </Page>
    );
  }
  return (
    <Page title={text('join.title', { title: invitation.title })} lead={text('join.lead')}>
      <JoinForm inviteCode={inviteCode} tracks={invitation.tracks} />
    </Page>
  );
}

interface JoinFormProps {
  readonly inviteCode: string;
  readonly tracks: NonNullable<InvitationQuery['invitation']>['tracks'];
}

function JoinForm({ inviteCode, tracks }: JoinFormProps) {
  const text = useText();
  const [join, isJoining] = useAction(JoinSessionDocument);
  const [name, setName] = useState(findLastName);
  const [role, setRole] = useState<Role>('ESTIMATOR');
  const [discipline, setDiscipline] = useState('');

  async function submit(): Promise<void> {
    if (name.trim() === '') return;
    const joined = await join({
      inviteCode,
      name: name.trim(),
      role,
      ...(discipline.trim() !== '' && { discipline: discipline.trim() }),
    });
    if (joined) goTo({ name: 'session', sessionId: storeAdmission(joined.joinSession).sessionId });
  }

  return (
    <Form submit={text('join.enter')} isBusy={isJoining} onSubmit={() => void submit()}>
      {(isChecked) => (
        <>
          <NameField value={name} onChange={setName} isChecked={isChecked} />
          <RoleChoices value={role} onChange={setRole} />
          {role === 'ESTIMATOR' && <DisciplineField tracks={tracks} value={discipline} onChange={setDiscipline} />}
        </>
      )}
    </Form>
  );
}
