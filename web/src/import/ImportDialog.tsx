import { type ReactNode, Suspense, useState } from 'react';
import { Dialog } from '../design/Dialog.tsx';
import { Segments } from '../design/Segments.tsx';
import { SignInGate } from '../identity/SignInGate.tsx';
import { Loading } from '../shell/Loading.tsx';
import { useLaterText } from '../text/later.ts';

import { BoardSource } from './BoardSource.tsx';
import { FileSource } from './FileSource.tsx';
import { SearchSource } from './SearchSource.tsx';
import { TopicsForm } from './TopicsForm.tsx';

const sources = ['board', 'search', 'file', 'topics'] as const;
type Source = (typeof sources)[number];

interface ImportDialogProps {
  /** Searched for at once, when it is not empty. */
  readonly jql: string;
  readonly onClose: () => void;
}

/** Fills the queue: from a JQL or pasted keys, a saved filter or sprint, a file, or with topics of one's own. */
export function ImportDialog({ jql, onClose }: ImportDialogProps) {
  const text = useLaterText();
  const [source, setSource] = useState<Source>('search');
  // What was typed and found stays while one looks elsewhere.
  const [visited, setVisited] = useState<ReadonlySet<Source>>(new Set(['search']));
  const parts: Record<Source, ReactNode> = {
    board: <BoardSource onDone={onClose} />,
    search: <SearchSource jql={jql} onDone={onClose} />,
    file: <FileSource onDone={onClose} />,
    topics: <TopicsForm onDone={onClose} />,
  };
  const visit = (next: Source) => {
    setVisited(new Set([...visited, next]));
    setSource(next);
  };
  return (
    <Dialog title={text('import.title')} isWide onClose={onClose}>
      <Segments
        label={text('import.source')}
        value={source}
        options={sources.map((each) => ({ value: each, label: text(`import.${each}`) }))}
        onChange={visit}
      />
      {sources
        .filter((each) => visited.has(each))
        .map((each) => (
          <div key={each} hidden={each !== source}>
            {each === 'topics' ? (
              parts[each]
            ) : (
              <Suspense fallback={<Loading />}>
                <SignInGate lead={text('signIn.toSearch')}>{parts[each]}</SignInGate>
              </Suspense>
            )}
          </div>
        ))}
    </Dialog>
  );
}
