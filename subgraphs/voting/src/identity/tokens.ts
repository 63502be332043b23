import { randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createLocalJWKSet, errors, exportJWK, generateKeyPair, importJWK, type JSONWebKeySet, type JWK, jwtVerify, SignJWT } from 'jose';
import { refuse } from '../domain/errors.ts';

/** Whom a token names. */
export interface Bearer {
  readonly participantId: string;
  readonly sessionId: string;
  readonly expiresAt: Date;
  /** Until when the identity provider's word counts for the bearer; absent for a guest. */
  readonly vouchedUntil?: Date | undefined;
}

export interface Tokens {
  issue(
    participantId: string,
    sessionId: string,
    vouchedUntil?: Date | undefined,
  ): Promise<{ readonly token: string; readonly expiresAt: Date }>;
  /** Refuses with TOKEN_INVALID or TOKEN_EXPIRED. */
  verify(token: string): Promise<Bearer>;
  /** The public keys, for those who verify elsewhere. */
  readonly publicKeys: JSONWebKeySet;
}

export interface TokenOptions {
  /** A JSON Web Key Set with private Ed25519 keys: the first signs, all verify, so that keys rotate. Made when it is missing. */
  readonly keyFile: string;
  readonly ttlSeconds: number;
  readonly now: () => Date;
}

const algorithm = 'EdDSA';
const issuer = 'tally';

/** Participant tokens, signed by this service alone. */
export async function createTokens({ keyFile, ttlSeconds, now }: TokenOptions): Promise<Tokens> {
  const keys = await readKeys(keyFile);
  const [signing] = keys;
  if (signing === undefined) throw new Error(`${keyFile} holds no key.`);
  const privateKey = await importJWK(signing, algorithm);
  const publicKeys = { keys: keys.map(toPublic) };
  const keySet = createLocalJWKSet(publicKeys);
  return {
    publicKeys,
    issue: async (participantId, sessionId, vouchedUntil) => {
      const issuedAt = Math.floor(now().getTime() / 1000);
      const expiresAt = new Date((issuedAt + ttlSeconds) * 1000);
      const token = await new SignJWT({
        sid: sessionId,
        ...(vouchedUntil === undefined ? {} : { vch: Math.floor(vouchedUntil.getTime() / 1000) }),
      })
        .setProtectedHeader({ alg: algorithm, ...(signing.kid === undefined ? {} : { kid: signing.kid }) })
        .setIssuer(issuer)
        .setSubject(participantId)
        .setIssuedAt(issuedAt)
        .setExpirationTime(expiresAt)
        .sign(privateKey);
      return { token, expiresAt };
    },
    verify: async (token) => {
      try {
        const { payload } = await jwtVerify(token, keySet, {
          issuer,
          algorithms: [algorithm],
          currentDate: now(),
          requiredClaims: ['sub', 'sid', 'exp'],
        });
        if (typeof payload.sub !== 'string' || typeof payload['sid'] !== 'string')
          return refuse('TOKEN_INVALID', 'The token names nobody.');
        return {
          participantId: payload.sub,
          sessionId: payload['sid'],
          expiresAt: new Date((payload.exp ?? 0) * 1000),
          vouchedUntil: typeof payload['vch'] === 'number' ? new Date(payload['vch'] * 1000) : undefined,
        };
      } catch (error) {
        if (error instanceof errors.JWTExpired) return refuse('TOKEN_EXPIRED', 'The token has expired: refresh it in time, or join again.');
        if (error instanceof errors.JOSEError) return refuse('TOKEN_INVALID', 'The token is not one of ours.');
        throw error;
      }
    },
  };
}

async function readKeys(keyFile: string): Promise<readonly JWK[]> {
  const found = await readFile(keyFile, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return undefined;
  });
  if (found !== undefined) return (JSON.parse(found) as { keys: JWK[] }).keys;
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
  const keys = [{ ...(await exportJWK(privateKey)), kid: randomUUID(), alg: algorithm, use: 'sig' }];
  await mkdir(dirname(keyFile), { recursive: true, mode: 0o700 });
  await writeFile(keyFile, JSON.stringify({ keys }), { mode: 0o600, flag: 'wx' });
  return keys;
}

function toPublic({ d: _, ...key }: JWK): JWK {
  return key;
}
