import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { Link } from '../design/Link.tsx';
import { Panel, Stack } from '../design/Panel.tsx';
import { OwnAgreementDocument } from '../generated/later.ts';
import { listAdmissions } from '../graph/admission.ts';
import { useLaterText } from '../text/later.ts';
import { useLanguage } from '../text/text.ts';
import styles from './AgreementPanel.module.css';
import { Share } from './AgreementPanel.tsx';

/** So many sessions are shown, the newest. */
const most = 12;

/** How the sessions that this browser has a place in agreed, and how one's own votes went: the graph tells it by one's own secrets alone. */
export function OwnAgreementPanel({ sessionId }: { readonly sessionId: string }) {
  const text = useLaterText();
  const format = new Intl.DateTimeFormat(useLanguage(), { dateStyle: 'medium' });
  const [refreshSecrets] = useState(() => {
    const kept = listAdmissions().toSorted((one, other) => Number(other.sessionId === sessionId) - Number(one.sessionId === sessionId));
    return kept.flatMap(({ refreshSecret }) => refreshSecret ?? []).slice(0, most);
  });
  const { data } = useQuery(OwnAgreementDocument, { variables: { refreshSecrets }, fetchPolicy: 'no-cache' });
  const told = (data?.places ?? [])
    .flatMap((place) => (place?.agreement ? [{ ...place, agreement: place.agreement }] : []))
    .filter(({ agreement }) => agreement.consensusShare !== null)
    .toSorted((one, other) => one.agreement.createdAt.localeCompare(other.agreement.createdAt));
  const own = told.find((place) => place.sessionId === sessionId)?.agreement.own;
  if (told.length === 0) return null;
  return (
    <Panel title={text('agreement.own')}>
      <Stack>
        {own && own.votedCount > 0 && (
          <p>
            {text('agreement.mine', { same: own.sameCount, near: own.nearCount, count: own.votedCount })} {text('agreement.private')}
          </p>
        )}
        <ol className={styles.rows} aria-label={text('agreement.sessions')}>
          {told.map((place) => (
            <li key={place.sessionId}>
              <span className={styles.name}>
                <Link to={{ name: 'report', sessionId: place.sessionId }}>{place.title}</Link>
              </span>
              <Share of={place.agreement.consensusShare ?? 0} />
              <span className={styles.more}>{format.format(new Date(place.agreement.createdAt))}</span>
            </li>
          ))}
        </ol>
      </Stack>
    </Panel>
  );
}
