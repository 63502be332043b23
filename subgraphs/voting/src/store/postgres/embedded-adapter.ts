import { dataDirectory } from '../../../../../kit/process/config.ts';
import type { StoreAdapter } from '../adapter.ts';
import { createEmbeddedStore } from './embedded.ts';

interface Values {
  readonly DATA_DIRECTORY?: string | undefined;
}

/** Sessions in a Postgres inside this process, in a folder. */
export const embedded = {
  variables: { DATA_DIRECTORY: dataDirectory },
  isImplied: () => true,
  findIssues: () => [],
  open: ({ DATA_DIRECTORY: directory = '.data' }, { log }) => {
    log.info({ directory }, 'opening the embedded Postgres; the first time takes some seconds');
    return createEmbeddedStore({ directory });
  },
  parseAddress: (address) => (address.includes('://') ? undefined : { DATA_DIRECTORY: address }),
} as const satisfies StoreAdapter<Values>;
