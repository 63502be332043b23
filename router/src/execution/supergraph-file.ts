import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import { toMessage } from '../../../kit/errors.ts';
import type { Check } from '../../../kit/health.ts';
import type { Logger } from '../../../kit/logging.ts';
import type { GraphSource } from './graph-source.ts';

/** Serves each new version of the file; a broken one is left alone and told of. */
export interface SupergraphWatch {
  readonly check: () => Check;
  readonly stop: () => void;
}

/** Looks at the file each `intervalMs`: mounted ConfigMaps change by symbolic links, which file system events miss. */
export function watchSupergraph(file: string, graphs: GraphSource, log: Logger, intervalMs = 1_000): SupergraphWatch {
  let problem: string | undefined;
  const read = (): void => {
    try {
      graphs.update(readFileSync(file, 'utf8'));
      problem = undefined;
    } catch (error) {
      problem = `the new supergraph is not served: ${toMessage(error).split('\n', 1)[0]}`;
      log.error({ err: error, file }, 'the new supergraph cannot be served; the old one stays');
    }
  };
  watchFile(file, { interval: intervalMs, persistent: false }, read);
  return {
    check: () => (problem === undefined ? { status: 'ok' } : { status: 'degraded', reason: problem }),
    stop: () => unwatchFile(file, read),
  };
}
