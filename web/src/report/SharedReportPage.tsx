import { ApolloProvider, useApolloClient, useQuery } from '@apollo/client/react';
import { useCallback, useEffect, useState } from 'react';
import { Button } from '../design/Button.tsx';
import { Note, Row, Stack } from '../design/Panel.tsx';
import { OpenReportDocument, type ReportLanguage, SharedReportDocument, SharedReportFilesDocument } from '../generated/later.ts';
import { createGraphConnection, type GraphConnection } from '../graph/connection.ts';
import { findErrorCode, toErrorText } from '../graph/errors.ts';
import { Loading } from '../shell/Loading.tsx';
import { Page } from '../shell/Page.tsx';
import { useLaterText } from '../text/later.ts';

import { useFragment } from '../useFragment.ts';
import { ExportRow } from './ExportRow.tsx';
import { Report } from './Report.tsx';

// For this tab only: a reload shows the report again, a closed tab forgets it.
const storageKey = 'tally.report';
const pollMs = 10_000;

/** Where a report link leads: the report to be read, without a place in the session. */
export function SharedReportPage() {
  const fragment = useFragment();
  const secret = fragment || (sessionStorage.getItem(storageKey) ?? '');
  const [connection, setConnection] = useState<GraphConnection>();
  const [problem, setProblem] = useState<unknown>();
  const [tries, setTries] = useState(0);

  useEffect(() => sessionStorage.setItem(storageKey, secret), [secret]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another try begins anew.
  useEffect(() => {
    setConnection(undefined);
    setProblem(undefined);
    let token: string | undefined;
    let isStopped = false;
    const opened = createGraphConnection(() => token);
    opened.client
      .mutate({ mutation: OpenReportDocument, variables: { secret }, fetchPolicy: 'no-cache' })
      .then(({ data }) => {
        token = data?.openReport.token;
        if (!isStopped) setConnection(opened);
      })
      .catch((error: unknown) => !isStopped && setProblem(error));
    return () => {
      isStopped = true;
      opened.dispose();
    };
  }, [secret, tries]);

  const tryAgain = useCallback(() => setTries((before) => before + 1), []);

  if (problem !== undefined) return <NoReport problem={problem} onTryAgain={tryAgain} />;
  if (!connection) return <Loading />;
  return (
    <ApolloProvider client={connection.client}>
      <LoadedReport onTryAgain={tryAgain} />
    </ApolloProvider>
  );
}

function LoadedReport({ onTryAgain }: { readonly onTryAgain: () => void }) {
  const client = useApolloClient();
  const { data, error } = useQuery(SharedReportDocument, { fetchPolicy: 'no-cache', errorPolicy: 'all', pollInterval: pollMs });
  // The token is over before the link is: the link gives another one.
  const isOver = error !== undefined && findErrorCode(error) === 'TOKEN_EXPIRED';
  useEffect(() => {
    if (isOver) onTryAgain();
  }, [isOver, onTryAgain]);

  async function load(language: ReportLanguage) {
    const { data: files } = await client.query({ query: SharedReportFilesDocument, variables: { language }, fetchPolicy: 'no-cache' });
    return files?.sharedReport.report;
  }

  if (data?.sharedReport) {
    return (
      <Report session={data.sharedReport} problem={error}>
        <ExportRow title={data.sharedReport.title} load={load} />
      </Report>
    );
  }
  return error && !isOver ? <NoReport problem={error} onTryAgain={onTryAgain} /> : <Loading />;
}

function NoReport({ problem, onTryAgain }: { readonly problem: unknown; readonly onTryAgain: () => void }) {
  const text = useLaterText();
  const isGone = ['LINK_NOT_FOUND', 'SESSION_NOT_FOUND'].includes(findErrorCode(problem));
  return (
    <Page title={text('report.title')}>
      <Stack>
        <Note tone="bad">{isGone ? text('reportLink.gone') : toErrorText(problem, text)}</Note>
        <Row>
          <Button onClick={onTryAgain}>{text('tryAgain')}</Button>
        </Row>
      </Stack>
    </Page>
  );
}
