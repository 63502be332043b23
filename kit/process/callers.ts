import { createHash, timingSafeEqual } from 'node:crypto';

/** The header by which one service proves to another who it is, when TLS does not. */
export const serviceSecretHeader = 'x-tally-service-secret';

/**
 * Tells which known service a request comes from: by the name in its certificate, and by the shared secret of that edge.
 * Without any configured secret (embedded on loopback only) every caller counts as every service.
 */
export type IdentifyCaller<Service extends string> = (secret: string | undefined, peerName?: string) => ReadonlySet<Service>;

export function createCallerIdentifier<Service extends string>(
  secrets: Readonly<Partial<Record<Service, string | undefined>>>,
  services: readonly Service[],
): IdentifyCaller<Service> {
  const everyone: ReadonlySet<Service> = new Set(services);
  const nobody: ReadonlySet<Service> = new Set();
  const known = services.flatMap((service) => {
    const secret = secrets[service];
    return secret === undefined ? [] : [{ callers: new Set([service]), digest: digestOf(secret) }];
  });
  const bySecret = (secret: string | undefined): ReadonlySet<Service> => {
    if (secret === undefined) return nobody;
    const digest = digestOf(secret);
    return known.find((entry) => timingSafeEqual(entry.digest, digest))?.callers ?? nobody;
  };
  return (secret, peerName) => {
    const named = services.find((service) => service === peerName);
    // `npm start` has one certificate for all of its services: there the secrets tell who is who.
    if (named !== undefined) return new Set([named, ...bySecret(secret)]);
    return known.length === 0 && peerName === undefined ? everyone : bySecret(secret);
  };
}

// Digests have one length, which timingSafeEqual demands.
function digestOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
