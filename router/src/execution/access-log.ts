import type { RouterContext } from '../context.ts';
import { toOperationLabel } from '../metrics.ts';

/** How an operation ended. */
export interface Access {
  readonly operation: string | undefined;
  readonly kind: string;
  readonly outcome: 'ok' | 'refused' | 'failed';
  readonly ms: number;
  /** Of the first error. */
  readonly code?: string | undefined;
}

/** What is slower is always written. */
const slowMs = 1_000;
/** Ordinary lines a second of this process; what is beyond is counted in the next line. */
const mostASecond = 50;

let second = 0;
let written = 0;
let skipped = 0;

/** Writes one line for an operation: name, kind, outcome, milliseconds, request id. Failed and slow ones always, of others a sample. */
export function logAccess({ log }: RouterContext, { operation, kind, outcome, ms, code }: Access): void {
  const now = Math.floor(performance.now() / 1_000);
  if (now !== second) [second, written] = [now, 0];
  if (outcome !== 'failed' && ms < slowMs && written >= mostASecond) {
    skipped += 1;
    return;
  }
  written += 1;
  log.info(
    {
      operation: toOperationLabel(operation),
      kind,
      outcome,
      ms: Math.round(ms * 10) / 10,
      ...(code === undefined ? {} : { code }),
      ...(skipped === 0 ? {} : { skipped }),
    },
    'operation',
  );
  skipped = 0;
}
