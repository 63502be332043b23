import { toMessage } from '../../kit/process/errors.ts';
import { about, type Finding, inTime, toPlace } from './finding.ts';
import type { Looked } from './postgres.ts';

const { ok, wrong } = about('sign-in');

/** Asks the identity provider what jira and voting will ask it: its discovery document, and its keys. */
export async function checkSignIn(issuer: string, now: () => number): Promise<Looked> {
  const place = toPlace(issuer);
  const ask = async (url: string) => {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    if (!response.ok) throw new Error(`${new URL(url).pathname} answers ${response.status}`);
    return { body: (await response.json()) as Record<string, unknown>, date: Date.parse(response.headers.get('date') ?? '') };
  };
  try {
    const askedAt = now();
    const { body, date } = await inTime('the identity provider', () => ask(`${issuer}/.well-known/openid-configuration`));
    const clock = Number.isNaN(date)
      ? undefined
      : { of: `the identity provider at ${place}`, theirs: date, askedAt, answeredAt: now(), precisionMs: 1_000 };
    const findings: Finding[] = [];
    if (body['issuer'] !== issuer && body['issuer'] !== `${issuer}/`)
      findings.push(wrong(`${place} calls itself ${body['issuer']}: no token will be accepted`, 'set OIDC_ISSUER to that'));
    const { body: keys } = await inTime('the identity provider', () => ask(String(body['jwks_uri'])));
    if (!Array.isArray(keys['keys']) || keys['keys'].length === 0) findings.push(wrong(`${place} publishes no key`, 'is it set up?'));
    return { findings: findings.length === 0 ? [ok(`${place} publishes its keys`)] : findings, clock };
  } catch (error) {
    return {
      findings: [wrong(`${place} cannot be asked: ${toReason(error)}`, 'is OIDC_ISSUER right, and is it reached from here?')],
      clock: undefined,
    };
  }
}

function toReason(error: unknown): string {
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  return cause === undefined ? toMessage(error) : toMessage(cause);
}
