// `npm run bench -- protocols`: what answering a query's size costs a Node server by HTTP/1.1 and by HTTP/2, both without TLS.
import { type ClientHttp2Session, connect } from 'node:http2';
import { Pool } from 'undici';
import { startProcess, toMeasured } from './routers/processes.ts';

const inFlight = 50;
const requests = 5_000;
const rounds = 5;
const question = JSON.stringify({ query: 'x'.repeat(600) });

/** Microseconds of the server's CPU for a request: the best of the slices, in turns. */
export async function benchProtocols(say: (line: string) => void): Promise<Readonly<Record<string, string | number>>> {
  const { child, message } = await startProcess<{ readonly http: string; readonly http2: string }>(
    new URL('./routers/protocol-server.ts', import.meta.url),
    {},
  );
  const pool = new Pool(message.http, { connections: inFlight });
  const sessions = Array.from({ length: inFlight }, () => connect(message.http2));
  const [one] = sessions;
  if (one === undefined) throw new Error('There is no session.');
  const server = toMeasured('server', '', child);
  const ways: Readonly<Record<string, (worker: number) => Promise<unknown>>> = {
    http1: async () => (await pool.request({ path: '/', method: 'POST', body: question })).body.text(),
    http2OneConnection: () => ask(one),
    http2FiftyConnections: (worker) => ask(sessions[worker] ?? one),
  };
  const best: Record<string, number> = {};
  try {
    // The first round warms the compilers up.
    for (let round = 0; round <= rounds; round += 1) {
      for (const [name, send] of Object.entries(ways)) {
        const before = server.cpuMicros();
        let sent = 0;
        await Promise.all(
          Array.from({ length: inFlight }, async (_, worker) => {
            while (sent < requests) {
              sent += 1;
              await send(worker);
            }
          }),
        );
        const micros = (server.cpuMicros() - before) / sent;
        if (round > 0) best[name] = Math.min(best[name] ?? Number.POSITIVE_INFINITY, micros);
      }
    }
  } finally {
    for (const session of sessions) session.destroy();
    await pool.destroy();
    child.kill();
  }
  for (const [name, micros] of Object.entries(best)) say(`${name}: ${Math.round(micros)} µs of CPU for a request`);
  const share = (name: string): number => Math.round(((best[name] ?? Number.NaN) / (best['http1'] ?? Number.NaN)) * 100) / 100;
  return {
    bench: 'protocols',
    http1Micros: Math.round(best['http1'] ?? Number.NaN),
    http2VsHttp1OneConnection: share('http2OneConnection'),
    http2VsHttp1FiftyConnections: share('http2FiftyConnections'),
  };
}

function ask(session: ClientHttp2Session): Promise<number> {
  return new Promise((resolve, reject) => {
    const stream = session.request({ ':method': 'POST', ':path': '/', 'content-type': 'application/json' });
    let bytes = 0;
    stream.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
    });
    stream.on('end', () => resolve(bytes));
    stream.on('error', reject);
    stream.end(question);
  });
}
