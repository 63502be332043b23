import { ApolloProvider } from '@apollo/client/react';
import { lazy, Suspense, useMemo } from 'react';
import { Toasts } from './design/Toasts.tsx';
import { createGraphConnection } from './graph/connection.ts';
import { findIdentity } from './identity/identity.ts';
import { JoinPage } from './join/JoinPage.tsx';
import { useRoute } from './routes.ts';
import { SessionScreen } from './session/SessionScreen.tsx';
import { Loading } from './shell/Loading.tsx';
import { NotFoundPage } from './shell/NotFoundPage.tsx';
import { OfflineBanner } from './shell/OfflineBanner.tsx';
import { StartPage } from './start/StartPage.tsx';

const ReportPage = lazy(async () => ({ default: (await import('./report/ReportPage.tsx')).ReportPage }));

const SignedInPage = lazy(async () => ({ default: (await import('./identity/SignedInPage.tsx')).SignedInPage }));

/** The page: the screen that the address names. */
export function App() {
  return (
    <>
      <OfflineBanner />
      <Suspense fallback={<Loading />}>
        <Screen />
      </Suspense>
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
    default:
      return <NotFoundPage />;
  }
}
