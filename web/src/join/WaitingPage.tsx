import { useApolloClient, useQuery } from '@apollo/client/react';
import { useEffect, useRef } from 'react';
import { Button } from '../design/Button.tsx';
import { Note, Row, Stack } from '../design/Panel.tsx';
import { PlacesDocument, RefreshTokenDocument, StopWaitingDocument } from '../generated/graph.ts';
import { storeAdmission } from '../graph/admission.ts';
import { toErrorText } from '../graph/errors.ts';
import { forgetTicket, type Ticket } from '../graph/ticket.ts';
import { goTo } from '../routes.ts';
import { Page } from '../shell/Page.tsx';
import { useText } from '../text/text.ts';

const pollMs = 3_000;

interface WaitingPageProps {
  readonly ticket: Ticket;
  readonly title: string;
  /** It is no longer waited: somebody was sent away, or gave up. */
  readonly onEnd: () => void;
}

/** Where somebody waits to be let in; it goes on by itself once a facilitator does. */
export function WaitingPage({ ticket, title, onEnd }: WaitingPageProps) {
  const { sessionId, refreshSecret, rotationKey } = ticket;
  const client = useApolloClient();
  const text = useText();
  const variables = { refreshSecrets: [refreshSecret] };
  const { data, error } = useQuery(PlacesDocument, { variables, fetchPolicy: 'no-cache', pollInterval: pollMs });
  const place = data?.places[0];
  const isEntering = useRef(false);
  const isDeclined = place === null;

  useEffect(() => {
    if (!place || place.isWaiting || isEntering.current) return;
    isEntering.current = true;
    client
      .mutate({ mutation: RefreshTokenDocument, variables: { refreshSecret, rotationKey }, fetchPolicy: 'no-cache' })
      .then(({ data: entered }) => {
        if (!entered) return;
        storeAdmission(entered.refreshToken);
        forgetTicket(sessionId);
        goTo({ name: 'session', sessionId });
      })
      // The next answer tries again, or says that there is no place any more.
      .catch(() => undefined)
      .finally(() => {
        isEntering.current = false;
      });
  }, [place, client, sessionId, refreshSecret, rotationKey]);

  function end(): void {
    forgetTicket(sessionId);
    onEnd();
  }

  async function giveUp(): Promise<void> {
    await client.mutate({ mutation: StopWaitingDocument, variables: { refreshSecret }, fetchPolicy: 'no-cache' }).catch(() => undefined);
    end();
  }

  return (
    <Page title={text('join.title', { title })}>
      <Stack>
        <div role="status">
          <Note tone={isDeclined ? 'notable' : 'plain'}>{text(isDeclined ? 'waiting.declined' : 'waiting.lead')}</Note>
        </div>
        {error && !isDeclined && <Note tone="bad">{toErrorText(error, text)}</Note>}
        <Row>
          {isDeclined ? (
            <Button onClick={end}>{text('waiting.again')}</Button>
          ) : (
            <Button onClick={() => void giveUp()}>{text('waiting.stop')}</Button>
          )}
        </Row>
      </Stack>
    </Page>
  );
}
