import { type AddressInfo, createServer } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { ask } from './compare.ts';

let stop: () => void;
afterEach(() => stop());

it('is answered by a server that closes a kept connection just as the next request comes on it', async () => {
  const answer = '{"data":{"a":1}}';
  const server = createServer((socket) => {
    let isAnswered = false;
    socket.on('data', (bytes) => {
      // As Node's timer for unused connections does it when its time is up before the request is read.
      if (isAnswered) socket.resetAndDestroy();
      else if (bytes.includes('"query"')) socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${answer.length}\r\n\r\n${answer}`);
      isAnswered ||= bytes.includes('"query"');
    });
  });
  stop = () => void server.close();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  for (let time = 0; time < 3; time += 1) expect(await ask(url, '{ a }')).toContain('"a":1');
});
