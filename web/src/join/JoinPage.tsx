import { useQuery } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import { Button } from '../design/Button.tsx';
import { Choices, TextField } from '../design/Field.tsx';
import { Note, Row, Stack } from '../design/Panel.tsx';
import { InvitationDocument, JoinSessionDocument, type Role } from '../generated/graph.ts';
import { findAdmission, findLastName, storeAdmission } from '../graph/admission.ts';
import { toErrorText } from '../graph/errors.ts';
import { useAction } from '../graph/useAction.ts';
import { goTo } from '../routes.ts';
import { Loading } from '../shell/Loading.tsx';
import { Page } from '../shell/Page.tsx';
import formStyles from '../start/StartPage.module.css';
import { useText } from '../text/text.tsx';

/** What an invite link opens: a name and a role, no account. Whoever is in the session already goes straight in. */
export function JoinPage({ inviteCode }: { readonly inviteCode: string }) {
  const text = useText();
  const { data, error, loading, refetch } = useQuery(InvitationDocument, { variables: { inviteCode }, fetchPolicy: 'network-only' });
  const invitation = data?.invitation;
  const isKnown = invitation != null && findAdmission(invitation.sessionId) !== undefined;

  useEffect(() => {
    if (isKnown && invitation) goTo({ name: 'session', sessionId: invitation.sessionId });
  }, [isKnown, invitation]);

  if (loading || isKnown) return <Loading />;
  if (!invitation) {
    return (
      <Page title={text('join.noInvitation')}>
        <Stack>
          <Note tone="bad">{error ? toErrorText(error, text) : text('error.INVITE_NOT_FOUND')}</Note>
          <Row>
            <Button onClick={() => void refetch()}>{text('tryAgain')}</Button>
          </Row>
        </Stack>
      </Page>
    );
  }
  return (
    <Page title={text('join.title', { title: invitation.title })} lead={text('join.lead')}>
      {invitation.state === 'CLOSED' && <Note tone="notable">{text('session.isClosed')}</Note>}
      <JoinForm inviteCode={inviteCode} />
    </Page>
  );
}

function JoinForm({ inviteCode }: { readonly inviteCode: string }) {
  const text = useText();
  const [join, isJoining] = useAction(JoinSessionDocument);
  const [name, setName] = useState(findLastName);
  const [role, setRole] = useState<Role>('ESTIMATOR');
  const [isChecked, setIsChecked] = useState(false);

  async function submit(): Promise<void> {
    setIsChecked(true);
    if (name.trim() === '') return;
    const joined = await join({ inviteCode, name: name.trim(), role });
    if (joined) goTo({ name: 'session', sessionId: storeAdmission(joined.joinSession).sessionId });
  }

  return (
    <form
      className={formStyles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <TextField
        label={text('yourName')}
        value={name}
        maxLength={80}
        autoComplete="name"
        onChange={(event) => setName(event.currentTarget.value)}
        problem={isChecked && name.trim() === '' ? text('nameMissing') : undefined}
      />
      <Choices
        label={text('join.role')}
        value={role}
        options={[
          { value: 'ESTIMATOR', label: text('role.ESTIMATOR'), hint: text('role.estimatorHint') },
          { value: 'SPECTATOR', label: text('role.SPECTATOR'), hint: text('role.spectatorHint') },
        ]}
        onChange={setRole}
      />
      <Row>
        <Button type="submit" look="primary" size="large" isDisabled={isJoining}>
          {text('join.enter')}
        </Button>
      </Row>
    </form>
  );
}
