import { useSyncExternalStore } from 'react';

const wide = matchMedia('(min-width: 75rem)');

/** Whether the issue has a place beside the table. */
export function useIsWide(): boolean {
  return useSyncExternalStore(
    (tell) => {
      wide.addEventListener('change', tell);
      return () => wide.removeEventListener('change', tell);
    },
    () => wide.matches,
  );
}
