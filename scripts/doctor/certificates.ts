import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { toMessage } from '../../kit/process/errors.ts';
import { serviceNames } from '../../kit/process/services.ts';
import { about, type Finding } from './finding.ts';

export interface CertificateFiles {
  readonly TLS_CERT?: string | undefined;
  readonly TLS_KEY?: string | undefined;
  readonly TLS_CA?: string | undefined;
  readonly STORAGE_TLS_CA?: string | undefined;
}

const { ok, warning, wrong } = about('certificates');
const dayMs = 86_400_000;
/** As the alert TallyCertificateEnds. An authority takes longer to replace: everybody has to know both for a while. */
const soonDays = { certificate: 7, authority: 30 } as const;

const pems = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/** Looks at the files of TLS; nothing to say without them. `now` is milliseconds since 1970. */
export function checkCertificates(files: CertificateFiles, now: () => number): readonly Finding[] {
  const { TLS_CERT, TLS_KEY, TLS_CA, STORAGE_TLS_CA } = files;
  if (TLS_CERT === undefined || TLS_KEY === undefined || TLS_CA === undefined) return [];
  const findings: Finding[] = [];
  const read = (variable: string, file: string): readonly X509Certificate[] => {
    try {
      const found = readFileSync(file, 'utf8').match(pems) ?? [];
      if (found.length === 0) throw new Error('it holds no certificate');
      return found.map((pem) => new X509Certificate(pem));
    } catch (error) {
      findings.push(wrong(`${variable} (${file}) cannot be used: ${toMessage(error)}`, 'put a PEM file there'));
      return [];
    }
  };
  const chain = read('TLS_CERT', TLS_CERT);
  const authorities = read('TLS_CA', TLS_CA);
  const storage = STORAGE_TLS_CA === undefined || STORAGE_TLS_CA === 'system' ? [] : read('STORAGE_TLS_CA', STORAGE_TLS_CA);
  for (const [variable, certificates, kind] of [
    ['TLS_CERT', chain, 'certificate'],
    ['TLS_CA', authorities, 'authority'],
    ['STORAGE_TLS_CA', storage, 'authority'],
  ] as const)
    for (const certificate of certificates) findings.push(...checkDates(variable, certificate, soonDays[kind], now()));

  const [own] = chain;
  if (own === undefined) return findings;
  try {
    if (!own.checkPrivateKey(createPrivateKey(readFileSync(TLS_KEY, 'utf8'))))
      findings.push(wrong('TLS_KEY is not the key of TLS_CERT', 'put both files of the same certificate there'));
  } catch (error) {
    findings.push(wrong(`TLS_KEY (${TLS_KEY}) cannot be used: ${toMessage(error)}`, 'put a PEM file there'));
  }
  if (authorities.length > 0 && !leadsTo(chain, authorities))
    findings.push(
      wrong(
        'TLS_CERT is not signed by an authority of TLS_CA: the other services refuse it',
        'sign it by that authority, or add its authority to TLS_CA',
      ),
    );
  const name = /^CN=(.+)$/m.exec(own.subject)?.[1] ?? '';
  if (!(serviceNames as readonly string[]).includes(name))
    findings.push(
      wrong(
        `the common name of TLS_CERT is "${name}": the others know only ${serviceNames.join(', ')}`,
        'issue it with the name of its service',
      ),
    );
  return findings.length === 0 ? [ok(`the certificate of ${name} is good until ${own.validToDate.toISOString().slice(0, 10)}`)] : findings;
}

function checkDates(
  variable: string,
  { subject, validFromDate, validToDate }: X509Certificate,
  days: number,
  now: number,
): readonly Finding[] {
  const who = `${variable} (${subject.replaceAll('\n', ', ')})`;
  const renew = 'put a new one in place: services read it within half a minute';
  if (validFromDate.getTime() > now)
    return [wrong(`${who} is not valid before ${validFromDate.toISOString()}`, 'is the clock of this machine right?')];
  const left = validToDate.getTime() - now;
  if (left <= 0) return [wrong(`${who} ended on ${validToDate.toISOString().slice(0, 10)}`, renew)];
  return left < days * dayMs ? [warning(`${who} ends in ${Math.floor(left / dayMs)} days`, renew)] : [];
}

/** Whether the first certificate was signed by an authority, by way of the others or at once. */
function leadsTo([first, ...others]: readonly X509Certificate[], authorities: readonly X509Certificate[]): boolean {
  if (first === undefined) return false;
  const isBy = (issuer: X509Certificate) => first.checkIssued(issuer) && first.verify(issuer.publicKey);
  if (authorities.some(isBy)) return true;
  const next = others.find(isBy);
  return next !== undefined && leadsTo([next, ...others.filter((other) => other !== next)], authorities);
}
