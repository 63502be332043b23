import { Suspense, useState } from 'react';
import { Button } from '../design/Button.tsx';
import { lazyPart } from '../design/lazyPart.tsx';
import { useText } from '../text/text.ts';
import { type Item, useQueue } from './context.ts';

const RewordedDialog = lazyPart(async () => (await import('./RewordedDialog.tsx')).RewordedDialog);

/** Says that an estimated item was reworded in Jira since; opens what changed. Nothing for all others. */
export function RewordedMark({ item }: { readonly item: Item }) {
  const { findRewording, findIssue } = useQueue();
  const text = useText();
  const [isOpen, setIsOpen] = useState(false);
  if (item.state === 'VOTING' || findRewording(item.id).length === 0) return null;
  return (
    <>
      <Button size="small" aria-label={text('reworded.title', { name: findIssue(item.id)?.key ?? '' })} onClick={() => setIsOpen(true)}>
        {text('reworded')}
      </Button>
      {isOpen && (
        <Suspense>
          <RewordedDialog item={item} onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
