import { readFileSync, statSync } from 'node:fs';
import { toMessage } from '../../../kit/process/errors.ts';
import type { Check } from '../../../kit/process/health.ts';
import type { Logger } from '../../../kit/process/logging.ts';
import { supergraphRefused } from '../metrics.ts';
import type { GraphSource } from './graph-source.ts';

/** Serves each new version of the file; a broken one is left alone and told of. */
export interface SupergraphWatch {
  readonly check: () => Check;
  readonly stop: () => void;
}

/** Looks at the file each `intervalMs`: mounted ConfigMaps change by symbolic links, which file system events miss. */
export function watchSupergraph(file: string, graphs: GraphSource, log: Logger, intervalMs = 1_000): SupergraphWatch {
  let problem: string | undefined;
  let seen = '';
  const look = (): void => {
    try {
      const { mtimeMs, size, ino } = statSync(file);
      const version = `${mtimeMs} ${size} ${ino}`;
      if (version === seen) return;
      seen = version;
      graphs.update(readFileSync(file, 'utf8'));
      problem = undefined;
      supergraphRefused.set(0);
    } catch (error) {
      supergraphRefused.set(1);
      const before = problem;
      problem = `the new supergraph is not served: ${toMessage(error).replaceAll(/\s*\n\s*/g, ' ')}`;
      // A file that is away is looked for each time, and told of once.
      if (problem !== before) log.error({ err: error, file }, 'the new supergraph cannot be served; the old one stays');
    }
  };
  const timer = setInterval(look, intervalMs).unref();
  return {
    check: () => (problem === undefined ? { status: 'ok' } : { status: 'degraded', reason: problem }),
    stop: () => clearInterval(timer),
  };
}
