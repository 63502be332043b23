import { type ReactNode, useEffect, useState } from 'react';
import { Button } from '../design/Button.tsx';
import { TextField } from '../design/Field.tsx';
import { Row } from '../design/Panel.tsx';
import { QrCode } from '../design/QrCode.tsx';
import { useLaterText } from '../text/later.ts';

import styles from './LinkToShare.module.css';

const copiedMs = 2_000;

interface LinkToShareProps {
  readonly link: string;
  readonly label: string;
  readonly codeLabel: string;
  /** What the link does. */
  readonly lead: string;
  /** Further buttons beside the one that copies. */
  readonly children?: ReactNode;
}

/** A link to be copied, and its QR code. */
export function LinkToShare({ link, label, codeLabel, lead, children }: LinkToShareProps) {
  const text = useLaterText();
  const [isCopied, setIsCopied] = useState(false);

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(link);
      setIsCopied(true);
    } catch {
      // The browser withholds the clipboard: the link is then selected, to be copied by hand.
      document.querySelector<HTMLInputElement>('[data-link-to-share]')?.select();
    }
  }

  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), copiedMs);
    return () => clearTimeout(timer);
  }, [isCopied]);

  return (
    <div className={styles.share}>
      <div className={styles.fields}>
        <p>{lead}</p>
        <TextField label={label} readOnly value={link} onFocus={(event) => event.currentTarget.select()} data-link-to-share />
        <Row>
          {/* The clipboard is withheld from plain http on a team's own network: the link can still be selected. */}
          {navigator.clipboard && (
            <Button look="primary" onClick={() => void copy()}>
              {isCopied ? text('copied') : text('copy')}
            </Button>
          )}
          {children}
        </Row>
      </div>
      <QrCode className={styles.code ?? ''} content={link} label={codeLabel} />
    </div>
  );
}
