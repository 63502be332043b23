import { hash } from 'node:crypto';

export interface ProvenTokens<Claims> {
  /** The claims of a token that was proven before and has not ended, else those that `prove` finds; what it throws is thrown. */
  find(token: string, prove: () => Promise<Claims>): Promise<Claims>;
}

export interface ProvenTokensOptions {
  readonly now?: () => Date;
  /** How many are remembered; those that were proven first go first. Default 20 000, some 10 MB. */
  readonly most?: number;
}

/** A key that was taken away stops proving after this time: as long as jose keeps a remote key set. */
const longestMs = 600_000;

/**
 * Remembers tokens whose signature was checked, by their digest: the check costs a job in the thread pool, more CPU than all else that a small
 * operation needs, and a client sends the same token for an hour. What a token allows is asked each time, of the session.
 */
export function createProvenTokens<Claims extends { readonly exp?: number | undefined }>({
  now = () => new Date(),
  most = 20_000,
}: ProvenTokensOptions = {}): ProvenTokens<Claims> {
  const proven = new Map<string, { readonly claims: Claims; readonly until: number }>();
  return {
    find: async (token, prove) => {
      const digest = hash('sha256', token, 'base64');
      const found = proven.get(digest);
      const time = now().getTime();
      if (found !== undefined && time < found.until) return found.claims;
      proven.delete(digest);
      const claims = await prove();
      proven.set(digest, { claims, until: Math.min((claims.exp ?? 0) * 1_000, time + longestMs) });
      const [oldest] = proven.keys();
      if (proven.size > most && oldest !== undefined) proven.delete(oldest);
      return claims;
    },
  };
}
