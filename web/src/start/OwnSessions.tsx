import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { Button } from '../design/Button.tsx';
import { Link } from '../design/Link.tsx';
import { Chip, Note, Row } from '../design/Panel.tsx';
import { showToast } from '../design/Toasts.tsx';
import { MySessionsDocument, type MySessionsQuery } from '../generated/later.ts';
import { findAdmission } from '../graph/admission.ts';
import { toErrorText } from '../graph/errors.ts';
import { type Identity, keepIdentity } from '../identity/identity.ts';
import { useLaterText } from '../text/later.ts';
import { useLanguage } from '../text/text.ts';
import { isFound, SessionSearch, searchFrom } from './SessionSearch.tsx';
import styles from './StartPage.module.css';

/** The sessions that one created, from whatever device, the newest first. */
export function OwnSessions({ identity }: { readonly identity: Identity }) {
  const text = useLaterText();
  const { data, error, fetchMore } = useQuery(MySessionsDocument, { fetchPolicy: 'cache-and-network' });
  const page = data?.mySessions;
  const [search, setSearch] = useState('');
  const shown = page?.nodes.filter(({ title }) => isFound(title, search));
  const loadMore = () =>
    void fetchMore({
      variables: { after: page?.endCursor ?? null },
      updateQuery: (before, { fetchMoreResult: { mySessions } }) => ({
        mySessions: { ...mySessions, nodes: [...before.mySessions.nodes, ...mySessions.nodes] },
      }),
    }).catch((failure: unknown) => showToast('bad', toErrorText(failure, text)));
  return (
    <section className={styles.recent} aria-labelledby="own">
      <Row isSpread>
        <h2 id="own">{text('start.own')}</h2>
        <Row>
          {identity.name !== undefined && <span>{identity.name}</span>}
          <Button size="small" onClick={() => keepIdentity(undefined)}>
            {text('signOut')}
          </Button>
        </Row>
      </Row>
      {error && <Note tone="bad">{toErrorText(error, text)}</Note>}
      {page?.nodes.length === 0 && <p>{text('start.ownNone')}</p>}
      {page && page.nodes.length >= searchFrom && <SessionSearch value={search} onChange={setSearch} />}
      <ul>
        {shown?.map((session) => (
          <OwnSession key={session.id} session={session} />
        ))}
      </ul>
      {page?.hasNextPage && (
        <Row>
          <Button onClick={loadMore}>{text('import.more')}</Button>
        </Row>
      )}
    </section>
  );
}

function OwnSession({ session }: { readonly session: MySessionsQuery['mySessions']['nodes'][number] }) {
  const text = useLaterText();
  const format = new Intl.DateTimeFormat(useLanguage(), { dateStyle: 'medium' });
  // Without a place in this browser one joins again, and is the same participant.
  const isHere = findAdmission(session.id) !== undefined;
  return (
    <li>
      <Row isSpread>
        <Link to={isHere ? { name: 'session', sessionId: session.id } : { name: 'join', inviteCode: session.inviteCode }}>
          {session.title}
        </Link>
        <Row>
          {session.state === 'CLOSED' && <Chip>{text('start.closed')}</Chip>}
          <span>{format.format(new Date(session.createdAt))}</span>
        </Row>
      </Row>
    </li>
  );
}
