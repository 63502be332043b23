import { type Logger as PinoLogger, pino } from 'pino';

export type Logger = PinoLogger;

/** As pino numbers them. */
const warnSeverity = 40;

const secretPaths = ['authorization', 'token', 'password', 'apiToken', 'secret'].flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/**
 * JSON lines on standard output, one service each; fields named like secrets are redacted.
 * Of warnings and errors with one cause the first is written whole, and once a minute how often it came again and in which requests.
 */
export function createLogger(service: string, level: string, destination?: { readonly write: (line: string) => void }): Logger {
  const repetitions = createRepetitions();
  const options = {
    name: service,
    level,
    redact: { paths: secretPaths, censor: '[redacted]' },
    hooks: {
      logMethod(this: Logger, given: Parameters<Logger['info']>, method: (...given: Parameters<Logger['info']>) => void, severity: number) {
        const [first, ...rest] = given as readonly unknown[];
        const fields = typeof first === 'object' && first !== null && !(first instanceof Error) ? (first as Fields) : undefined;
        const write = (written: unknown) => Reflect.apply(method, this, [written, ...rest]) as undefined;
        if (severity >= warnSeverity && repetitions.isRepeated(this, toCause(first, rest[0]), fields, write)) return;
        write(fields === undefined ? first : withoutBound(this, fields));
      },
    },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

type Fields = Readonly<Record<string, unknown>>;

/** A field that the logger writes on each of its lines must not be in one of them twice. */
function withoutBound(logger: Logger, fields: Fields): Fields {
  if (!('requestId' in fields) || !('requestId' in logger.bindings())) return fields;
  const { requestId: _requestId, ...others } = fields;
  return others;
}

/** What tells one cause from another: the words, the error and where it was thrown. Undefined for lines without an error. */
function toCause(first: unknown, message: unknown): string | undefined {
  const { err, reason } = (first instanceof Error ? { err: first } : (first ?? {})) as {
    readonly err?: unknown;
    readonly reason?: unknown;
  };
  if (err === undefined && reason === undefined) return undefined;
  if (!(err instanceof Error)) return `${String(message)}\n${String(err ?? reason)}`;
  const { code } = err as { readonly code?: unknown };
  return [message, err.name, code, err.message, err.stack?.split('\n').find((line) => /^\s+at /.test(line))].map(String).join('\n');
}

const windowMs = 60_000;
const mostCauses = 200;
const mostRequests = 50;

/** Remembers which causes were written in the last minute. */
function createRepetitions() {
  const seen = new Map<string, { count: number; readonly requestIds: string[] }>();
  return {
    /** Whether the cause was written less than a minute ago; it is then counted, and written with its count when the minute is over. */
    isRepeated: (logger: Logger, cause: string | undefined, fields: Fields | undefined, write: (fields: unknown) => void): boolean => {
      if (cause === undefined) return false;
      const known = seen.get(cause);
      if (known !== undefined) {
        known.count += 1;
        const { requestId } = logger.bindings() as { readonly requestId?: unknown };
        const id = requestId ?? fields?.['requestId'];
        if (typeof id === 'string' && known.requestIds.length < mostRequests) known.requestIds.push(id);
        return true;
      }
      if (seen.size >= mostCauses) return false;
      const entry = { count: 0, requestIds: [] };
      seen.set(cause, entry);
      setTimeout(() => {
        seen.delete(cause);
        if (entry.count > 0)
          write({ repeated: entry.count, requestIds: entry.requestIds, reason: cause.split('\n').slice(1, -1).join(' ').slice(0, 300) });
      }, windowMs).unref();
      return false;
    },
  };
}
