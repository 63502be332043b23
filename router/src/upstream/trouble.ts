import { toMessage } from '../../../kit/process/errors.ts';
import type { SubgraphAddress } from './subgraph-address.ts';

/** OpenSSL's and Node's words for a certificate that is not accepted. */
const untrusted =
  /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|CERT_\w+|ERR_TLS_CERT_\w+|INVALID_CA|HOSTNAME_MISMATCH)$/;
/** What a server says that wants to see a certificate; with TLS 1.3 after the connection stands. */
const unproven = /CERTIFICATE_REQUIRED|HANDSHAKE_FAILURE|BAD_CERTIFICATE|UNKNOWN_CA/;

/** Where a subgraph could not be reached, and for TLS what is wrong with whose certificate, in one line. */
export function toTrouble({ url }: Pick<SubgraphAddress, 'url'>, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (untrusted.test(code)) return `${url}: its certificate is not trusted (${toMessage(error)})`;
  if (unproven.test(code)) return `${url}: it does not accept the router's certificate, or wants one (${code})`;
  return url;
}
