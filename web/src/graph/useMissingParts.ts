import { useEffect, useRef } from 'react';
import { isPassing } from './errors.ts';

const firstMs = 2_000;
const longestMs = 60_000;

interface Answered {
  readonly error?: unknown;
  readonly loading: boolean;
  readonly refetch: () => Promise<unknown>;
}

/**
 * Asks again, ever more seldom, for parts of an answer that were missing only at that moment, e.g. while Jira was slow: they stand as null in the
 * cache, so that nobody else would ask. What is gone or forbidden stays so.
 */
export function useMissingParts({ error, loading, refetch }: Answered): void {
  const waitMs = useRef(firstMs);
  const isMissing = isPassing(error);
  useEffect(() => {
    if (!loading && !isMissing) waitMs.current = firstMs;
  }, [loading, isMissing]);
  useEffect(() => {
    if (!isMissing) return;
    let isStopped = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const plan = () => {
      timer = setTimeout(async () => {
        waitMs.current = Math.min(longestMs, 2 * waitMs.current);
        await refetch().catch(() => undefined);
        if (!isStopped) plan();
      }, waitMs.current);
    };
    plan();
    return () => {
      isStopped = true;
      clearTimeout(timer);
    };
  }, [isMissing, refetch]);
}
