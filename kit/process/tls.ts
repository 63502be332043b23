import { X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { createSecureContext, getCACertificates, type SecureContext, type TLSSocket } from 'node:tls';
import { Gauge } from 'prom-client';
import { buildConnector } from 'undici';
import { z } from 'zod';
import { ConfigError, type ConfigIssue } from './config.ts';
import { toMessage } from './errors.ts';

/** The variables of mutual TLS: the first three together, or none. */
export const tlsVariables = {
  TLS_CERT: z.string().optional().describe("PEM file of the service's certificate; its common name says who it is."),
  TLS_KEY: z.string().optional().describe('PEM file of its key.'),
  TLS_CA: z
    .string()
    .optional()
    .describe('PEM file of the authority whose certificates are accepted; with TLS_CERT and TLS_KEY it makes TLS mutual.'),
  STORAGE_TLS_CA: z
    .string()
    .optional()
    .describe(
      'PEM file of the authority of Postgres and Redis, when it is not that of TLS_CA; `system`: the authorities that Node trusts.',
    ),
} as const;

export interface TlsMaterial {
  readonly cert: string;
  readonly key: string;
  readonly ca: string;
}

/** How to connect to others with TLS. */
export interface ClientTls {
  /** What is shown and trusted, where Node's own would not do. */
  readonly current: () => Partial<TlsMaterial>;
  /** Makes undici's connections, each with the certificate of that moment. */
  readonly connect: buildConnector.connector;
}

/** This service's certificate, for its server and for its connections to others; read again when the files change. */
export interface Tls extends ClientTls {
  readonly current: () => TlsMaterial;
  /** For connections to Postgres and to Redis: whoever reads them at each connection gets the certificate of that moment. */
  readonly storage: { readonly postgres: SecureContext; readonly redis: SecureContext };
  /** Called after each change; returns the way to stop listening. */
  readonly onChange: (listener: (material: TlsMaterial) => void) => () => void;
  readonly stop: () => void;
}

export interface TlsOptions {
  readonly onError: (error: unknown) => void;
  /** 30 000 unless given. */
  readonly intervalMs?: number;
}

const certificateEnds = new Gauge({
  name: 'tally_certificate_end_timestamp_seconds',
  help: "When the service's certificate ends, in seconds since 1970; absent without TLS.",
  labelNames: ['service'],
});

type TlsValues = { readonly [Variable in keyof typeof tlsVariables]?: string | undefined };

const files = ['TLS_CERT', 'TLS_KEY', 'TLS_CA'] as const;

/** What is missing of the variables of TLS. */
export function findTlsIssues(values: TlsValues): readonly ConfigIssue[] {
  const missing = files.filter((variable) => values[variable] === undefined);
  return missing.length === files.length
    ? []
    : missing.map((variable) => ({ variable, message: 'needed with the other variables of TLS' }));
}

/**
 * Opens the files of TLS_CERT, TLS_KEY, TLS_CA and STORAGE_TLS_CA; undefined when none of the first three is given.
 * Files that become unusable are told to `onError`, and the certificate before them stays.
 *
 * @throws ConfigError naming what is missing or cannot be read.
 */
export function openTls(service: string, values: TlsValues, { onError, intervalMs = 30_000 }: TlsOptions): Tls | undefined {
  const issues = findTlsIssues(values);
  if (issues.length > 0) throw new ConfigError(service, issues);
  if (values.TLS_CERT === undefined) return undefined;
  const [cert = '', key = '', ca = ''] = files.map((variable) => values[variable]);
  const storageCa = values.STORAGE_TLS_CA ?? ca;
  const read = (): TlsMaterial => ({ cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8'), ca: readFileSync(ca, 'utf8') });
  // It also finds out that a key does not belong to its certificate, as when only one of the two files has been replaced yet.
  const createContexts = ({ cert, key }: TlsMaterial) => {
    const storage = { cert, key, ca: storageCa === 'system' ? getCACertificates('default') : readFileSync(storageCa, 'utf8') };
    // With TLS 1.3 a server refuses a certificate after the connection stands, which is two errors on a socket; Redis' driver
    // (@redis/client 5.12.1, socket.js) listens for one, and the other would end the process.
    return { postgres: createSecureContext(storage), redis: createSecureContext({ ...storage, maxVersion: 'TLSv1.2' }) };
  };
  const watched = [cert, key, ca, ...(storageCa === 'system' ? [] : [storageCa])];
  const readTimes = () => watched.map((file) => statSync(file).mtimeMs).join();

  let material: TlsMaterial;
  let times: string;
  let contexts: ReturnType<typeof createContexts>;
  try {
    times = readTimes();
    material = read();
    contexts = createContexts(material);
  } catch (error) {
    throw new ConfigError(service, [{ variable: 'TLS_CERT, TLS_KEY, TLS_CA', message: toMessage(error) }]);
  }
  const showEnd = ({ cert }: TlsMaterial): void =>
    certificateEnds.set({ service }, new X509Certificate(cert).validToDate.getTime() / 1_000);
  showEnd(material);
  let connector = buildConnector({ ...material });
  const listeners = new Set<(material: TlsMaterial) => void>();
  const timer = setInterval(() => {
    try {
      const now = readTimes();
      if (now === times) return;
      const next = read();
      contexts = createContexts(next);
      for (const listener of listeners) listener(next);
      material = next;
      showEnd(next);
      connector = buildConnector({ ...next });
      times = now;
    } catch (error) {
      onError(error);
    }
  }, intervalMs).unref();
  return {
    current: () => material,
    connect: (options, callback) => connector(options, callback),
    // Drivers keep the options of their first connection for all others, so what is in there has to change.
    storage: {
      postgres: {
        get context() {
          return contexts.postgres.context;
        },
      },
      redis: {
        get context() {
          return contexts.redis.context;
        },
      },
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: () => clearInterval(timer),
  };
}

/** Trusts the authorities of these PEM texts alone, and shows no certificate. */
export function trustAuthority(ca: string): ClientTls {
  return { current: () => ({ ca }), connect: buildConnector({ ca }) };
}

/** The common name of the certificate at the other end; undefined without TLS. */
export function peerNameOf(socket: object): string | undefined {
  if (!('getPeerCertificate' in socket)) return undefined;
  const { subject } = (socket as TLSSocket).getPeerCertificate();
  return typeof subject?.CN === 'string' ? subject.CN : '';
}
