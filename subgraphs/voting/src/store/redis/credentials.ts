import type { Credential, CredentialStore } from '../voting-store.ts';
import type { RedisConnection } from './connection.ts';
import { keysOf } from './keys.ts';
import { parse, parseAll } from './rows.ts';
import { guard } from './unavailable.ts';

/** The part of the store that keeps what opens a place or a report: a hash in each session, id → row. */
export function createCredentials({ send, run }: Pick<RedisConnection, 'send' | 'run'>): CredentialStore {
  const put = async (expected: string, credential: Credential) => {
    const { session, credentials } = keysOf(credential.sessionId);
    return (await run('credential', [session, credentials], [credential.id, expected, JSON.stringify(credential)])) === 1;
  };
  return {
    addCredential: (credential) => guard(async () => void (await put('', credential))),

    findCredential: (sessionId, id) =>
      guard(async () => {
        const { credentials } = keysOf(sessionId);
        const row = await send(credentials, 'HGET', credentials, id);
        return row === null ? undefined : parse<Credential>(row);
      }),

    listCredentials: (sessionId) =>
      guard(async () => {
        const { credentials } = keysOf(sessionId);
        const rows = parseAll<Credential>(await send(credentials, 'HVALS', credentials));
        return rows.sort((one, other) => one.createdAt.getTime() - other.createdAt.getTime() || (one.id < other.id ? -1 : 1));
      }),

    replaceCredential: (secretHash, credential) => guard(() => put(secretHash, credential)),

    removeCredential: (sessionId, id) =>
      guard(async () => {
        const { credentials } = keysOf(sessionId);
        return (await send(credentials, 'HDEL', credentials, id)) === 1;
      }),
  };
}
