import { useEffect, useRef } from 'react';
import { useLaterText } from '../text/later.ts';

import { useSession } from './context.ts';
import styles from './IssueDetails.module.css';
import { parseSafeHtml } from './safeHtml.ts';

/** What somebody wrote in Jira, with its pictures: each is fetched with the token and shown as a `data:` address, which the page's policy allows. */
export function Prose({ html }: { readonly html: string }) {
  const { connection } = useSession();
  const text = useLaterText();
  const holder = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const leaving = new AbortController();
    const show = async (image: HTMLImageElement, address: string) => {
      try {
        image.src = await readAsAddress(await connection.fetchFile(address, leaving.signal));
      } catch {
        if (!leaving.signal.aborted) image.replaceWith(text('issue.pictureMissing', { name: image.alt }));
      }
    };
    holder.current?.replaceChildren(parseSafeHtml(html, (image, address) => void show(image, address)));
    return () => leaving.abort();
  }, [html, connection, text]);
  return <div className={styles.prose} ref={holder} />;
}

function readAsAddress(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
