import { useQuery } from '@apollo/client/react';
import { useEffect } from 'react';
import { ReferencesDocument, type ReferencesQuery } from '../generated/later.ts';
import { useLaterText } from '../text/later.ts';
import { useSession } from './context.ts';
import styles from './References.module.css';

type Found = NonNullable<ReferencesQuery['references']>;
type Reference = Found['similar'][number];

/** One's vote is on the screen before the graph has it. */
const askAgainMs = 1_000;

/** Earlier estimates to compare an issue with, and why: only once they anchor nobody, which the graph decides. */
export function References({ itemId }: { readonly itemId: string }) {
  const { session } = useSession();
  const state = session.currentRound?.item.id === itemId ? session.currentRound.state : '';
  return <Asked key={`${itemId} ${state}`} itemId={itemId} isAwaited={state !== ''} />;
}

function Asked({ itemId, isAwaited }: { readonly itemId: string; readonly isAwaited: boolean }) {
  const text = useLaterText();
  const { data, stopPolling } = useQuery(ReferencesDocument, {
    variables: { itemId },
    fetchPolicy: 'network-only',
    errorPolicy: 'all',
    ...(isAwaited && { pollInterval: askAgainMs }),
  });
  const found = data?.references;
  const isFound = found !== undefined && found !== null;
  useEffect(() => {
    if (isFound) stopPolling();
  }, [isFound, stopPolling]);
  if (!isFound || found.sizes.length === 0) return null;
  return (
    <section className={styles.references} aria-label={text('references.title')}>
      {found.similar.length > 0 && (
        <details open>
          <summary>{text('references.similar')}</summary>
          <List references={found.similar} hasValue />
        </details>
      )}
      {found.sizes.map(({ label, references }) => (
        <details key={label}>
          <summary>{text('references.size', { label })}</summary>
          <List references={references} hasValue={false} />
        </details>
      ))}
    </section>
  );
}

function List({ references, hasValue }: { readonly references: readonly Reference[]; readonly hasValue: boolean }) {
  return (
    <ul>
      {references.map((reference) => (
        <li key={reference.key ?? reference.title}>
          {hasValue && <strong>{reference.label}</strong>}
          <span>
            {reference.url !== null && (
              <a href={reference.url} target="_blank" rel="noreferrer">
                {reference.key}
              </a>
            )}{' '}
            {reference.title}
            <Why reference={reference} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function Why({ reference }: { readonly reference: Reference }) {
  const text = useLaterText();
  const reasons = [
    reference.isSameEpic && text('references.epic'),
    reference.sharedComponents.length > 0 && `${text('issue.components')}: ${reference.sharedComponents.join(', ')}`,
    reference.sharedLabels.length > 0 && `${text('issue.labels')}: ${reference.sharedLabels.join(', ')}`,
    reference.sharedWords.length > 0 && text('references.words', { words: reference.sharedWords.join(', ') }),
  ].filter((reason) => reason !== false);
  return reasons.length === 0 ? null : <small>{reasons.join(' · ')}</small>;
}
