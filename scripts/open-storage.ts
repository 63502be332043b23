import { z } from 'zod';
import { type Environment, parseConfig } from '../kit/process/config.ts';
import type { Logger } from '../kit/process/logging.ts';
import { openTls, tlsVariables } from '../kit/process/tls.ts';
import type { VotingStore } from '../subgraphs/voting/src/store/voting-store.ts';
import { openStoreAt } from '../subgraphs/voting/src/stores.ts';

/**
 * The voting store that a command line names: a server's URL (made ready on the way), or the data folder of the embedded one.
 * TLS_CERT, TLS_KEY and TLS_CA of the environment are for the servers.
 */
export async function openStorage(address: string, log: Logger, environment: Environment = {}): Promise<VotingStore> {
  const values = parseConfig('The command', z.object(tlsVariables), environment);
  return openStoreAt(address, { tls: openTls('The command', values, { onError: () => undefined }), log });
}
