import type { Logger } from '../process/logging.ts';

/** What a request says of itself, the same over HTTP and WebSocket (there: the connection's parameters). */
export interface RequestInfo {
  readonly requestId: string;
  readonly log: Logger;
  /** A header by its lower-case name. */
  readonly header: (name: string) => string | undefined;
  /** The name in the caller's certificate; undefined without TLS. */
  readonly peerName: string | undefined;
}
