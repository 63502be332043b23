import { Prisma, type PrismaClient } from '../../../../../prisma/generated/client.ts';
import type { Credential, CredentialStore } from '../voting-store.ts';
import { toKey } from './reads.ts';
import { guard } from './unavailable.ts';

/** The part of the store that keeps what opens a place or a report. */
export function createCredentials(prisma: PrismaClient): CredentialStore {
  const toCredential = (row: object) => row as Credential;
  return {
    addCredential: (credential) =>
      guard(async () => {
        try {
          await prisma.credential.create({ data: credential });
        } catch (error) {
          // The session was deleted meanwhile.
          if (!(error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2003')) throw error;
        }
      }),

    findCredential: (sessionId, id) =>
      guard(async () => {
        const row = await prisma.credential.findUnique({ where: { sessionId_id: { sessionId: toKey(sessionId), id: toKey(id) } } });
        return row === null ? undefined : toCredential(row);
      }),

    listCredentials: (sessionId) =>
      guard(async () => {
        const rows = await prisma.credential.findMany({
          where: { sessionId: toKey(sessionId) },
          orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
        });
        return rows.map(toCredential);
      }),

    replaceCredential: (secretHash, { sessionId, id, ...data }) =>
      guard(async () => (await prisma.credential.updateMany({ where: { sessionId, id, secretHash }, data })).count === 1),

    removeCredential: (sessionId, id) =>
      guard(async () => (await prisma.credential.deleteMany({ where: { sessionId: toKey(sessionId), id: toKey(id) } })).count === 1),
  };
}
