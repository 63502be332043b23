import { useQuery } from '@apollo/client/react';
import { Note } from '../design/Panel.tsx';
import { IssueDetailsDocument } from '../generated/later.ts';
import { toErrorText } from '../graph/errors.ts';
import { useMissingParts } from '../graph/useMissingParts.ts';
import { Loading } from '../shell/Loading.tsx';
import { useLaterText } from '../text/later.ts';

import { useSession } from './context.ts';
import styles from './IssueDetails.module.css';
import { PastEstimates } from './PastEstimates.tsx';
import { Prose } from './Prose.tsx';
import { References } from './References.tsx';

/** The rest of what Jira knows of an issue, and whether it would take an estimate. */
export function IssueDetails({ itemId }: { readonly itemId: string }) {
  const { session, areEstimatesHidden } = useSession();
  const text = useLaterText();
  const asked = useQuery(IssueDetailsDocument, {
    variables: { sessionId: session.id, itemId },
    errorPolicy: 'all',
    fetchPolicy: 'cache-and-network',
  });
  const { data, error, loading } = asked;
  useMissingParts(asked);
  const issue = data?.session?.item?.issue;
  if (loading && !issue) return <Loading />;
  if (!issue) return <Note tone="bad">{error ? toErrorText(error, text) : text('jira.noAnswer')}</Note>;
  const facts = [
    [text('issue.assignee'), issue.assignee?.name],
    [text('issue.priority'), issue.priority],
    [text('issue.parent'), issue.parent && `${issue.parent.key} ${issue.parent.summary}`],
    [text('issue.labels'), issue.labels.join(', ')],
    [text('issue.components'), issue.components.join(', ')],
    [text('issue.links'), issue.links.map((link) => `${link.relation} ${link.issue.key}`).join(', ')],
  ].filter((fact): fact is [string, string] => Boolean(fact[1]));
  return (
    <div className={styles.details}>
      {issue.estimability?.can === false && (
        <Note tone="notable">
          {text('estimability', { reason: issue.estimability.reason ? text(`estimability.${issue.estimability.reason}`) : '' })}
          {issue.estimability.reason && <span>{text(`remedy.${issue.estimability.reason}`)}</span>}
        </Note>
      )}
      {areEstimatesHidden ? (
        <p>{text('issue.estimatesHidden')}</p>
      ) : (
        <>
          <PastEstimates estimates={issue.estimates} />
          <References itemId={itemId} />
        </>
      )}
      {facts.length > 0 && (
        <dl className={styles.facts}>
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {issue.description ? <Prose html={issue.description.html} /> : <p>{text('issue.noDescription')}</p>}
      {issue.extraFields.map(({ name, html }) => (
        <section key={name}>
          <h4 className={styles.heading}>{name}</h4>
          <Prose html={html} />
        </section>
      ))}
    </div>
  );
}
