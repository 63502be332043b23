import { useEffect } from 'react';

const tryAgainMs = 3_000;

/** Asks again every few seconds for what could not be had, until there is no `error` any more. */
export function useTryAgain(error: unknown, refetch: () => Promise<unknown>): void {
  const hasFailed = error !== undefined && error !== null;
  useEffect(() => {
    if (!hasFailed) return;
    const timer = setInterval(() => void refetch().catch(() => undefined), tryAgainMs);
    return () => clearInterval(timer);
  }, [hasFailed, refetch]);
}
