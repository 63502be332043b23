import { useApolloClient } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import { Link } from '../design/Link.tsx';
import { Chip, Note, Row } from '../design/Panel.tsx';
import { forgetAdmission, listAdmissions } from '../graph/admission.ts';
import { findStandings, type Standing } from '../graph/places.ts';
import { useLaterText } from '../text/later.ts';

import { isFound, SessionSearch, searchFrom } from './SessionSearch.tsx';
import styles from './StartPage.module.css';

/** The sessions that this browser has a place in, as they are now; those that are gone drop out, and it says so. */
export function RecentSessions() {
  const client = useApolloClient();
  const text = useLaterText();
  const [admissions] = useState(listAdmissions);
  const [search, setSearch] = useState('');
  const [standings, setStandings] = useState<ReadonlyMap<string, Standing>>(new Map());

  useEffect(() => {
    if (admissions.length === 0) return;
    findStandings(client, admissions).then(
      (found) => {
        for (const [sessionId, { kind }] of found) if (kind === 'gone') forgetAdmission(sessionId);
        setStandings(found);
      },
      // What cannot be asked stays as it was kept.
      () => undefined,
    );
  }, [client, admissions]);

  if (admissions.length === 0) return null;
  const isGone = ({ sessionId }: { readonly sessionId: string }) => standings.get(sessionId)?.kind === 'gone';
  const gone = admissions.filter(isGone);
  const titleOf = (admission: (typeof admissions)[number]) => {
    const standing = standings.get(admission.sessionId);
    return standing?.kind === 'there' ? standing.title : admission.title;
  };
  const kept = admissions.filter((admission) => !isGone(admission));
  const shown = kept.filter((admission) => isFound(titleOf(admission), search));
  return (
    <section className={styles.recent} aria-labelledby="recent">
      <h2 id="recent">{text('start.recent')}</h2>
      {gone.length > 0 && <Note tone="notable">{text('start.gone', { titles: gone.map(({ title }) => `“${title}”`).join(', ') })}</Note>}
      {kept.length >= searchFrom && <SessionSearch value={search} onChange={setSearch} />}
      <ul>
        {shown.map((admission) => {
          const standing = standings.get(admission.sessionId);
          return (
            <li key={admission.sessionId}>
              <Row isSpread>
                <Link to={{ name: 'session', sessionId: admission.sessionId }}>{titleOf(admission)}</Link>
                <Row>
                  {standing?.kind === 'there' && (
                    <Chip tone={standing.state === 'OPEN' ? 'good' : 'plain'}>{text(`start.state.${standing.state}`)}</Chip>
                  )}
                  <span>{text('start.recentAs', { name: admission.name })}</span>
                </Row>
              </Row>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
