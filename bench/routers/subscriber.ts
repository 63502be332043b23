import { WebSocket } from 'ws';

/** A bare graphql-ws client that counts its events: a bench's own cost must stay small beside the router's. Resolves when it has subscribed. */
export function connectSubscriber(
  url: string,
  token: string,
  { query, variables }: { readonly query: string; readonly variables: Readonly<Record<string, unknown>> },
  received: { count: number },
  perMessageDeflate = false,
): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url.replace(/^http/, 'ws'), 'graphql-transport-ws', { perMessageDeflate });
    socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } })));
    socket.on('message', (data: Buffer) => {
      const text = data.toString('latin1');
      if (text.includes('"next"')) {
        received.count += 1;
      } else if (text.includes('"connection_ack"')) {
        socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query, variables } }));
        resolve(socket);
      } else if (text.includes('"error"')) {
        reject(new Error(text));
      }
    });
    socket.on('error', reject);
  });
}
