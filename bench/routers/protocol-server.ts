// A process of its own: a constant answer by node:http, and by node:http2 without TLS.
import { createServer } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import type { AddressInfo, Server } from 'node:net';

const body = `{"data":"${'x'.repeat(7_000)}"}`;
const type = 'application/json; charset=utf-8';
const http = createServer((request, response) => {
  request.resume().on('end', () => response.writeHead(200, { 'content-type': type, 'content-length': body.length }).end(body, 'latin1'));
});
const http2 = createHttp2Server();
http2.on('stream', (stream) => {
  stream.resume().on('end', () => {
    stream.respond({ ':status': 200, 'content-type': type, 'content-length': body.length });
    stream.end(body, 'latin1');
  });
});
const listen = (server: Server): Promise<string> =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)));

process.on('disconnect', () => process.exit());
process.send?.({ http: await listen(http), http2: await listen(http2) });
