import { GraphiQL } from 'graphiql';
import { useMemo, useRef, useState } from 'react';
import { Bar } from './Bar.tsx';
import { createFetcher, type Transport } from './fetcher.ts';
import { createTabs } from './operations.ts';
import { createStorage } from './storage.ts';
import { type Found, findTokens } from './tokens.ts';

const endpoint = `${location.origin}/graphql`;

/** GraphiQL on this router, with the tour's operations in its tabs. Whom an answer brings a token for one can ask as from then on. */
export function Explorer() {
  const [token, setToken] = useState('');
  const [transport, setTransport] = useState<Transport>('WebSocket');
  const [found, setFound] = useState<readonly Found[]>([]);
  const latest = useRef({ token, transport });
  latest.current = { token, transport };
  const tabs = useMemo(createTabs, []);
  const storage = useMemo(createStorage, []);
  const fetcher = useMemo(
    () =>
      createFetcher(endpoint, {
        token: () => latest.current.token,
        transport: () => latest.current.transport,
        onData: (data) =>
          setFound((known) => [...known, ...findTokens(data).filter((one) => known.every(({ token }) => token !== one.token))]),
      }),
    [],
  );
  return (
    <>
      <Bar token={token} onToken={setToken} transport={transport} onTransport={setTransport} found={found} />
      <main>
        <GraphiQL
          fetcher={fetcher}
          defaultTabs={tabs}
          // Of the first tab it would show no variables by itself.
          variables={tabs[0]?.variables ?? ''}
          storage={storage}
          defaultEditorToolsVisibility="variables"
          showPersistHeadersSettings={false}
        />
      </main>
    </>
  );
}
