// A third subgraph: notes on issues, in a store of its own. Started alone, or by `npm run dev -- --with examples/notes`.
import { EventEmitter, on } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DatabaseSync } from 'node:sqlite';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { createHandler } from 'graphql-http/lib/use/http';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';

interface Note {
  readonly id: number;
  readonly issueKey: string;
  readonly text: string;
}
interface OfIssue {
  readonly issueKey: string;
}

/** Serves the subgraph on loopback; port 0 lets the system choose. `file` is its SQLite database. */
export async function start(port: number, file = ':memory:'): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  const database = new DatabaseSync(file);
  database.exec('CREATE TABLE IF NOT EXISTS note (id INTEGER PRIMARY KEY, issueKey TEXT NOT NULL, text TEXT NOT NULL)');
  const ofIssue = database.prepare('SELECT * FROM note WHERE issueKey = ? ORDER BY id');
  const latest = database.prepare('SELECT * FROM note ORDER BY id DESC LIMIT ?');
  const insert = database.prepare('INSERT INTO note (issueKey, text) VALUES (?, ?) RETURNING *');
  const added = new EventEmitter();

  const resolvers = {
    Query: { latestNotes: (_: unknown, { first }: { readonly first: number }) => latest.all(first) },
    Mutation: {
      addNote: (_: unknown, { issueKey, text }: Note) => {
        const note = insert.get(issueKey, text);
        added.emit('note', note);
        return note;
      },
    },
    Subscription: {
      noteAdded: {
        subscribe: async function* (_: unknown, { issueKey }: OfIssue) {
          for await (const [note] of on(added, 'note')) if (note.issueKey === issueKey) yield { noteAdded: note };
        },
      },
    },
    Issue: { notes: ({ key }: { readonly key: string }) => ofIssue.all(key) },
    Note: { issue: ({ issueKey }: OfIssue) => ({ key: issueKey }) },
  };
  const typeDefs = parse(readFileSync(new URL('./schema.graphql', import.meta.url), 'utf8'));
  // The package's own type of resolvers is narrower than what it takes.
  const schema = buildSubgraphSchema({ typeDefs, resolvers: resolvers as never });

  const server = createServer(createHandler({ schema }));
  const sockets = useServer({ schema }, new WebSocketServer({ server, path: '/graphql' }));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    stop: async () => {
      await sockets.dispose();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      database.close();
    },
  };
}

if (import.meta.main) {
  const { url } = await start(Number(process.env['PORT'] ?? 4003), process.env['NOTES_FILE']);
  process.stdout.write(`notes at ${url}\n`);
}
