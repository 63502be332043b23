import { createHash, timingSafeEqual } from 'node:crypto';

/** The header by which one service proves to another who it is, when TLS does not. */
export const serviceSecretHeader = 'x-tally-service-secret';

/**
 * Tells which known service a request comes from, by the shared secret of that edge.
 * Without any configured secret (embedded on loopback only) every caller counts as every service.
 */
export type IdentifyCaller<Service extends string> = (secret: string | undefined) => ReadonlySet<Service>;

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
  if (known.length === 0) return () => everyone;
  return (secret) => {
    if (secret === undefined) return nobody;
    const digest = digestOf(secret);
    return known.find((entry) => timingSafeEqual(entry.digest, digest))?.callers ?? nobody;
  };
}

// Digests have one length, which timingSafeEqual demands.
function digestOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
