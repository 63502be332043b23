import { type Logger as PinoLogger, pino } from 'pino';

export type Logger = PinoLogger;

const secretPaths = ['authorization', 'token', 'password', 'apiToken', 'secret'].flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/** JSON lines on standard output, one service each; fields named like secrets are redacted. */
export function createLogger(service: string, level: string): Logger {
  return pino({ name: service, level, redact: { paths: secretPaths, censor: '[redacted]' } });
}
