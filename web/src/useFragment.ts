import { useEffect, useState } from 'react';

/**
 * What is behind the `#` of the address, taken out of it at once: neither the history nor somebody behind the screen keeps it. Also of a link that
 * is pasted over the one before.
 */
export function useFragment(): string {
  const [fragment, setFragment] = useState(() => location.hash.slice(1));
  useEffect(() => {
    const take = () => {
      const given = location.hash.slice(1);
      if (given === '') return;
      setFragment(given);
      history.replaceState(null, '', location.pathname);
    };
    take();
    addEventListener('hashchange', take);
    return () => removeEventListener('hashchange', take);
  }, []);
  return fragment;
}
