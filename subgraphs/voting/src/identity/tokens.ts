import { randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  createLocalJWKSet,
  errors,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JSONWebKeySet,
  type JWK,
  type JWTPayload,
  jwtVerify,
  SignJWT,
} from 'jose';
import { createProvenTokens } from '../../../../kit/process/proven-tokens.ts';
import { refuse } from '../domain/errors.ts';

/** Whom a token names. */
export interface Bearer {
  readonly participantId: string;
  readonly sessionId: string;
  readonly expiresAt: Date;
  /** Until when the identity provider's word counts for the bearer; absent for a guest. */
  readonly vouchedUntil?: Date | undefined;
  /** The credential by which its device comes back; absent in tokens from before there were any. */
  readonly credentialId?: string | undefined;
}

/** Who reads a report, by which link. */
export interface Reader {
  readonly linkId: string;
  readonly sessionId: string;
}

interface Issued {
  readonly token: string;
  readonly expiresAt: Date;
}

export interface Tokens {
  issue(bearer: Omit<Bearer, 'expiresAt'>): Promise<Issued>;
  /** For a report, and for nothing else. */
  issueReader(linkId: string, sessionId: string): Promise<Issued>;
  /** Refuses with TOKEN_INVALID or TOKEN_EXPIRED, and with NOT_A_PARTICIPANT for a reader's token. */
  verify(token: string): Promise<Bearer>;
  /** Refuses with TOKEN_INVALID or TOKEN_EXPIRED, also for a participant's token. */
  verifyReader(token: string): Promise<Reader>;
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
const readerUse = 'report';

/** Participant tokens, signed by this service alone. */
export async function createTokens({ keyFile, ttlSeconds, now }: TokenOptions): Promise<Tokens> {
  const keys = await readKeys(keyFile);
  const [signing] = keys;
  if (signing === undefined) throw new Error(`${keyFile} holds no key.`);
  const privateKey = await importJWK(signing, algorithm);
  const publicKeys = { keys: keys.map(toPublic) };
  const keySet = createLocalJWKSet(publicKeys);
  const proven = createProvenTokens<JWTPayload>({ now });

  async function sign(subject: string, claims: Readonly<Record<string, unknown>>): Promise<Issued> {
    const issuedAt = Math.floor(now().getTime() / 1000);
    const expiresAt = new Date((issuedAt + ttlSeconds) * 1000);
    const token = await new SignJWT(claims)
      .setProtectedHeader({ alg: algorithm, ...(signing?.kid === undefined ? {} : { kid: signing.kid }) })
      .setIssuer(issuer)
      .setSubject(subject)
      .setIssuedAt(issuedAt)
      .setExpirationTime(expiresAt)
      .sign(privateKey);
    return { token, expiresAt };
  }

  async function read(token: string): Promise<JWTPayload> {
    try {
      return await proven.find(token, async () => {
        const { payload } = await jwtVerify(token, keySet, {
          issuer,
          algorithms: [algorithm],
          currentDate: now(),
          requiredClaims: ['sub', 'sid', 'exp'],
        });
        return payload;
      });
    } catch (error) {
      if (error instanceof errors.JWTExpired) return refuse('TOKEN_EXPIRED', 'The token has expired: refresh it.');
      if (error instanceof errors.JOSEError) return refuse('TOKEN_INVALID', 'The token is not one of ours.');
      throw error;
    }
  }

  return {
    publicKeys,
    issue: ({ participantId, sessionId, vouchedUntil, credentialId }) =>
      sign(participantId, {
        sid: sessionId,
        ...(vouchedUntil === undefined ? {} : { vch: Math.floor(vouchedUntil.getTime() / 1000) }),
        ...(credentialId === undefined ? {} : { fam: credentialId }),
      }),
    issueReader: (linkId, sessionId) => sign(linkId, { sid: sessionId, use: readerUse }),
    verify: async (token) => {
      const { sub, sid, exp, use, vch, fam } = await read(token);
      if (use === readerUse) return refuse('NOT_A_PARTICIPANT', 'This token is for reading a report.');
      if (typeof sub !== 'string' || typeof sid !== 'string') return refuse('TOKEN_INVALID', 'The token names nobody.');
      return {
        participantId: sub,
        sessionId: sid,
        expiresAt: new Date((exp ?? 0) * 1000),
        vouchedUntil: typeof vch === 'number' ? new Date(vch * 1000) : undefined,
        credentialId: typeof fam === 'string' ? fam : undefined,
      };
    },
    verifyReader: async (token) => {
      const { sub, sid, use } = await read(token);
      if (use !== readerUse || typeof sub !== 'string' || typeof sid !== 'string')
        return refuse('TOKEN_INVALID', 'The token is for no report.');
      return { linkId: sub, sessionId: sid };
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
