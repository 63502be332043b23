import { Suspense, useState } from 'react';
import { Dialog } from '../design/Dialog.tsx';
import { Segments } from '../design/Segments.tsx';
import { SignInGate } from '../identity/SignInGate.tsx';
import { Loading } from '../shell/Loading.tsx';
import { useLaterText } from '../text/later.ts';

import { BoardSource } from './BoardSource.tsx';
import { FileSource } from './FileSource.tsx';
import { SearchSource } from './SearchSource.tsx';
import { TopicsForm } from './TopicsForm.tsx';

type Source = 'search' | 'board' | 'file' | 'topics';

interface ImportDialogProps {
  /** Searched for at once, when it is not empty. */
  readonly jql: string;
  readonly onClose: () => void;
}

/** Fills the queue: from a JQL or pasted keys, a saved filter or sprint, a file, or with topics of one's own. */
export function ImportDialog({ jql, onClose }: ImportDialogProps) {
  const text = useLaterText();
  const [source, setSource] = useState<Source>('search');
  return (
    <Dialog title={text('import.title')} isWide onClose={onClose}>
      <Segments
        label={text('import.source')}
        value={source}
        options={[
          { value: 'search', label: text('import.search') },
          { value: 'board', label: text('import.board') },
          { value: 'file', label: text('import.file') },
          { value: 'topics', label: text('import.topics') },
        ]}
        onChange={setSource}
      />
      {source === 'topics' ? (
        <TopicsForm onDone={onClose} />
      ) : (
        <Suspense fallback={<Loading />}>
          <SignInGate lead={text('signIn.toSearch')}>
            {source === 'search' && <SearchSource jql={jql} onDone={onClose} />}
            {source === 'board' && <BoardSource onDone={onClose} />}
            {source === 'file' && <FileSource onDone={onClose} />}
          </SignInGate>
        </Suspense>
      )}
    </Dialog>
  );
}
