import { ConfigError, type Environment } from './config.ts';
import { toMessage } from './errors.ts';
import type { Stop } from './http.ts';
import { startTracing } from './tracing.ts';

/**
 * Runs a service as this process: starts it with the process's environment, and stops it on SIGINT or SIGTERM.
 * What prevents the start is one clear message on standard error and exit code 1.
 */
export async function runService(
  service: string,
  environment: Environment,
  start: (environment: Environment) => Promise<{ readonly stop: Stop }>,
): Promise<void> {
  try {
    const stopTracing = await startTracing(service, environment);
    const running = await start(environment);
    const stop = () =>
      void running
        .stop()
        .then(stopTracing)
        .finally(() => process.exit(0));
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  } catch (error) {
    process.stderr.write(`${error instanceof ConfigError ? error.message : `${service} cannot start: ${toMessage(error)}`}\n`);
    process.exit(1);
  }
}
