import { useEffect, useRef } from 'react';

/** Asks a query again whenever `reason` is another one than before; the first answer is the query's own. */
export function useAskAgain(reason: string | number, refetch: () => Promise<unknown>): void {
  const before = useRef(reason);
  useEffect(() => {
    if (before.current === reason) return;
    before.current = reason;
    void refetch().catch(() => undefined);
  }, [reason, refetch]);
}
