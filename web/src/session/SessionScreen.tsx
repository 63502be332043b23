import { ApolloProvider } from '@apollo/client/react';
import { useCallback, useEffect, useState } from 'react';
import { Button } from '../design/Button.tsx';
import { Link } from '../design/Link.tsx';
import { Note, Row, Stack } from '../design/Panel.tsx';
import { findAdmission, forgetAdmission, type StoredAdmission } from '../graph/admission.ts';
import { createGraphConnection, type GraphConnection } from '../graph/connection.ts';
import { freshen } from '../graph/refresh.ts';
import { goTo } from '../routes.ts';
import { Loading } from '../shell/Loading.tsx';
import { Page } from '../shell/Page.tsx';
import { useText } from '../text/text.ts';
import { SessionGate } from './SessionGate.tsx';
import { SessionPage } from './SessionPage.tsx';

/** A session, for whoever has a place in it. */
export function SessionScreen({ sessionId }: { readonly sessionId: string }) {
  const [admission, setAdmission] = useState(() => findAdmission(sessionId));
  const [wasThere, setWasThere] = useState(false);
  const leave = useCallback(() => {
    forgetAdmission(sessionId);
    setAdmission(undefined);
  }, [sessionId]);
  const forget = useCallback(() => {
    forgetAdmission(sessionId);
    goTo({ name: 'start' });
  }, [sessionId]);
  // The place is kept: a facilitator may undo it within seconds, and a reload is then enough.
  const loseAccess = useCallback(() => {
    setWasThere(findAdmission(sessionId) !== undefined);
    setAdmission(undefined);
  }, [sessionId]);
  if (!admission) return <NoPlacePage wasThere={wasThere} />;
  return (
    <WithConnection admission={admission}>
      {(connection) => (
        <SessionGate admission={admission} connection={connection} onNoAccess={loseAccess}>
          <SessionPage onLeft={leave} onDeleted={forget} />
        </SessionGate>
      )}
    </WithConnection>
  );
}

interface WithConnectionProps {
  readonly admission: StoredAdmission;
  readonly children: (connection: GraphConnection) => React.ReactNode;
}

/** Opens a connection with the session's token for as long as it is shown, and keeps the token fresh. */
export function WithConnection({ admission, children }: WithConnectionProps) {
  const { sessionId } = admission;
  const [connection, setConnection] = useState<GraphConnection>();

  useEffect(() => {
    const opened = createGraphConnection(
      () => findAdmission(sessionId)?.token,
      () => freshen(sessionId),
    );
    setConnection(opened);
    return () => opened.dispose();
  }, [sessionId]);

  if (!connection) return <Loading />;
  return <ApolloProvider client={connection.client}>{children(connection)}</ApolloProvider>;
}

/** For someone without a place in the session, or no longer: who was there a moment ago is told that they were taken out. */
export function NoPlacePage({ wasThere = false }: { readonly wasThere?: boolean }) {
  const text = useText();
  return (
    <Page title={text(wasThere ? 'removed.title' : 'noPlace.title')}>
      <Stack>
        <Note tone="notable">{text(wasThere ? 'removed.lead' : 'noPlace.lead')}</Note>
        {wasThere && (
          <Row>
            <Button onClick={() => location.reload()}>{text('tryAgain')}</Button>
          </Row>
        )}
        <Link to={{ name: 'start' }}>{text('toStart')}</Link>
      </Stack>
    </Page>
  );
}
