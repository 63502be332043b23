import { schema as migrate } from '../../prisma/migrate.ts';
import { schema as router } from '../../router/src/config.ts';
import { schema as jira } from '../../subgraphs/jira/src/config.ts';
import { schema as voting } from '../../subgraphs/voting/src/config.ts';

/** The names of the variables that each program reads. */
export const variablesOf: Readonly<Record<string, readonly string[]>> = {
  router: Object.keys(router.shape),
  jira: Object.keys(jira.shape),
  voting: Object.keys(voting.shape),
  migrate: Object.keys(migrate.shape),
};
