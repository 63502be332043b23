import { readFileSync, statSync } from 'node:fs';
import type { TLSSocket } from 'node:tls';
import { buildConnector } from 'undici';
import { z } from 'zod';
import { ConfigError } from './config.ts';
import { toMessage } from './errors.ts';

/** The variables of mutual TLS: all three, or none. */
export const tlsVariables = {
  /** PEM: this service's certificate, with what leads to the authority; its common name says who the service is. */
  TLS_CERT: z.string().optional(),
  /** PEM: the certificate's key. */
  TLS_KEY: z.string().optional(),
  /** PEM: the authority that signs the certificates of all services. */
  TLS_CA: z.string().optional(),
} as const;

export interface TlsMaterial {
  readonly cert: string;
  readonly key: string;
  readonly ca: string;
}

/** This service's certificate, for its server and for its connections to others; read again when the files change. */
export interface Tls {
  readonly current: () => TlsMaterial;
  /** Makes undici's connections, each with the certificate of that moment. */
  readonly connect: buildConnector.connector;
  /** Called after each change; returns the way to stop listening. */
  readonly onChange: (listener: (material: TlsMaterial) => void) => () => void;
  readonly stop: () => void;
}

export interface TlsOptions {
  readonly onError: (error: unknown) => void;
  /** 30 000 unless given. */
  readonly intervalMs?: number;
}

type TlsValues = { readonly [Variable in keyof typeof tlsVariables]?: string | undefined };

/**
 * Opens the files of TLS_CERT, TLS_KEY and TLS_CA; undefined when none is given.
 * Files that become unusable are told to `onError`, and the certificate before them stays.
 *
 * @throws ConfigError naming what is missing or cannot be read.
 */
export function openTls(service: string, values: TlsValues, { onError, intervalMs = 30_000 }: TlsOptions): Tls | undefined {
  const names = ['TLS_CERT', 'TLS_KEY', 'TLS_CA'] as const;
  const missing = names.filter((name) => values[name] === undefined);
  if (missing.length === names.length) return undefined;
  const complain = (lines: readonly string[]) => new ConfigError(`${service} cannot start with this environment:\n${lines.join('\n')}`);
  if (missing.length > 0) throw complain(missing.map((name) => `  ${name}: needed with the other variables of TLS`));
  const [cert = '', key = '', ca = ''] = names.map((name) => values[name]);
  const read = (): TlsMaterial => ({ cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8'), ca: readFileSync(ca, 'utf8') });
  const readTimes = () => [cert, key, ca].map((file) => statSync(file).mtimeMs).join();

  let material: TlsMaterial;
  let times: string;
  try {
    material = read();
    times = readTimes();
  } catch (error) {
    throw complain([`  TLS_CERT, TLS_KEY, TLS_CA: ${toMessage(error)}`]);
  }
  let connector = buildConnector({ ...material });
  const listeners = new Set<(material: TlsMaterial) => void>();
  const timer = setInterval(() => {
    try {
      const now = readTimes();
      if (now === times) return;
      const next = read();
      for (const listener of listeners) listener(next);
      material = next;
      connector = buildConnector({ ...next });
      times = now;
    } catch (error) {
      onError(error);
    }
  }, intervalMs).unref();
  return {
    current: () => material,
    connect: (options, callback) => connector(options, callback),
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: () => clearInterval(timer),
  };
}

/** The common name of the certificate at the other end; undefined without TLS. */
export function peerNameOf(socket: object): string | undefined {
  if (!('getPeerCertificate' in socket)) return undefined;
  const { subject } = (socket as TLSSocket).getPeerCertificate();
  return typeof subject?.CN === 'string' ? subject.CN : '';
}
