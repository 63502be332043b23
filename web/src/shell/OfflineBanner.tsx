import { useSyncExternalStore } from 'react';
import { useText } from '../text/text.ts';
import styles from './OfflineBanner.module.css';

function subscribe(tell: () => void): () => void {
  addEventListener('online', tell);
  addEventListener('offline', tell);
  return () => {
    removeEventListener('online', tell);
    removeEventListener('offline', tell);
  };
}

/** Says on every screen that the device has no network, and that nothing is lost. */
export function OfflineBanner() {
  const text = useText();
  const isOnline = useSyncExternalStore(subscribe, () => navigator.onLine);
  return (
    <div role="status" className={styles.place}>
      {!isOnline && <p className={styles.banner}>{text('offline')}</p>}
    </div>
  );
}
