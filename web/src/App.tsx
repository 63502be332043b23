import { ApolloProvider } from '@apollo/client/react';
import { Suspense, useMemo } from 'react';
import { lazyPart } from './design/lazyPart.tsx';
import { Toasts } from './design/Toasts.tsx';
import { createGraphConnection } from './graph/connection.ts';
import { findIdentity } from './identity/identity.ts';
import { JoinPage } from './join/JoinPage.tsx';
import { useRoute } from './routes.ts';
import { SessionScreen } from './session/SessionScreen.tsx';
import { Loading } from './shell/Loading.tsx';
import { NotFoundPage } from './shell/NotFoundPage.tsx';
import { OfflineBanner } from './shell/OfflineBanner.tsx';
import { Page } from './shell/Page.tsx';
import { MissingPart, PartBoundary } from './shell/PartBoundary.tsx';
import { useText } from './text/text.ts';

const StartPage = lazyPart(async () => (await import('./start/StartPage.tsx')).StartPage);

const ReportPage = lazyPart(async () => (await import('./report/ReportPage.tsx')).ReportPage);

const SignedInPage = lazyPart(async () => (await import('./identity/SignedInPage.tsx')).SignedInPage);

const DevicePage = lazyPart(async () => (await import('./join/DevicePage.tsx')).DevicePage);

const SharedReportPage = lazyPart(async () => (await import('./report/SharedReportPage.tsx')).SharedReportPage);

/** The page: the screen that the address names. */
export function App() {
  return (
    <>
      <OfflineBanner />
      <PartBoundary fallback={<BrokenScreen />}>
        <Suspense fallback={<Loading />}>
          <Screen />
        </Suspense>
      </PartBoundary>
      <Toasts />
    </>
  );
}

function Screen() {
  const route = useRoute();
  const anonymous = useMemo(() => createGraphConnection(() => findIdentity()?.token), []);
  switch (route.name) {
    case 'start':
      return (
        <ApolloProvider client={anonymous.client}>
          <StartPage />
        </ApolloProvider>
      );
    case 'join':
      return (
        <ApolloProvider client={anonymous.client}>
          <JoinPage inviteCode={route.inviteCode} />
        </ApolloProvider>
      );
    case 'session':
      return <SessionScreen key={route.sessionId} sessionId={route.sessionId} />;
    case 'report':
      return <ReportPage key={route.sessionId} sessionId={route.sessionId} />;
    case 'signedIn':
      return <SignedInPage />;
    case 'device':
      return (
        <ApolloProvider client={anonymous.client}>
          <DevicePage />
        </ApolloProvider>
      );
    case 'sharedReport':
      return <SharedReportPage />;
    default:
      return <NotFoundPage />;
  }
}

function BrokenScreen() {
  const text = useText();
  return (
    <Page title={text('part.broken')}>
      <MissingPart />
    </Page>
  );
}
