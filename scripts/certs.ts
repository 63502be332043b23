// `npm run certs [directory]`: an authority for development and a certificate for each service, by openssl: TLS_CERT, TLS_KEY, TLS_CA.
// In production an authority of your own signs them: cert-manager in k8s/overlays/production.

import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { serviceNames } from '../kit/process/services.ts';

export interface CertificateOptions {
  /** Whole days from now; a negative number makes one that has expired. */
  readonly days?: number;
  /** 127.0.0.1, localhost and the name itself unless given. */
  readonly hosts?: readonly string[];
}

function openssl(...args: string[]): void {
  execFileSync('openssl', args, { stdio: 'pipe' });
}

/** Makes `ca.crt` and `ca.key` in the directory. @throws Error when there is no openssl. */
export function createAuthority(directory: string, name = 'tally-development'): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const [key, certificate] = [join(directory, 'ca.key'), join(directory, 'ca.crt')];
  openssl(
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-days',
    '365',
    '-subj',
    `/CN=${name}`,
    '-keyout',
    key,
    '-out',
    certificate,
  );
}

/** Makes `NAME.crt` and `NAME.key`, signed by the authority in the directory; NAME is who the service is to the others. */
export function createCertificate(
  directory: string,
  name: string,
  { days = 90, hosts = ['127.0.0.1', 'localhost', name] }: CertificateOptions = {},
): void {
  const at = (file: string) => join(directory, file);
  const names = hosts.map((host) => (/^[\d.]+$/.test(host) ? `IP:${host}` : `DNS:${host}`)).join(',');
  writeFileSync(at(`${name}.ext`), `subjectAltName=${names}\nextendedKeyUsage=serverAuth,clientAuth\n`);
  openssl(
    'req',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-subj',
    `/CN=${name}`,
    '-keyout',
    at(`${name}.key`),
    '-out',
    at(`${name}.csr`),
  );
  openssl(
    'x509',
    '-req',
    '-in',
    at(`${name}.csr`),
    '-CA',
    at('ca.crt'),
    '-CAkey',
    at('ca.key'),
    '-CAcreateserial',
    '-days',
    String(days),
    '-extfile',
    at(`${name}.ext`),
    '-out',
    at(`${name}.crt`),
  );
}

const usage =
  'Usage: npm run certs -- [directory]   makes an authority and a certificate for each service; the directory is ./certs unless given.\n';

if (import.meta.main && process.argv.slice(2).some((word) => word.startsWith('-'))) {
  process.stdout.write(usage);
  if (!process.argv.slice(2).every((word) => word === '--help' || word === '-h')) process.exitCode = 2;
} else if (import.meta.main) {
  const directory = resolve(process.argv[2] ?? 'certs');
  createAuthority(directory);
  for (const name of [...serviceNames, 'client']) createCertificate(directory, name);
  process.stdout.write(
    `${directory}: ca, router, jira, voting, client. TLS_CERT=${directory}/jira.crt TLS_KEY=${directory}/jira.key TLS_CA=${directory}/ca.crt\n`,
  );
}
