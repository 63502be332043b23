import { ConfigError, type Environment } from './config.ts';
import { toMessage } from './errors.ts';
import type { Stop } from './http.ts';
import { startTracing } from './tracing.ts';

/**
 * Runs a service as this process: starts it with the process's environment, and stops it on SIGINT or SIGTERM, also while it is starting.
 * What prevents the start, or a stop that fails, is one clear message on standard error and exit code 1.
 */
export async function runService(
  service: string,
  environment: Environment,
  start: (environment: Environment) => Promise<{ readonly stop: Stop }>,
): Promise<void> {
  const fail = (message: string): never => {
    process.stderr.write(`${message}\n`);
    process.exit(1);
  };
  // Nothing is under way before the start is done. A container's first process never hears a signal that it does not listen for.
  let stop: Stop = async () => undefined;
  const end = () =>
    void stop().then(
      () => process.exit(0),
      (error: unknown) => fail(`${service} did not stop as it should: ${toMessage(error)}`),
    );
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end);
  try {
    const stopTracing = await startTracing(service, environment);
    const running = await start(environment);
    stop = () => running.stop().then(stopTracing);
  } catch (error) {
    fail(error instanceof ConfigError ? error.message : `${service} cannot start: ${toMessage(error)}`);
  }
}
