import { useApolloClient } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import { Dialog } from '../design/Dialog.tsx';
import { Note, Stack } from '../design/Panel.tsx';
import { toErrorText } from '../graph/errors.ts';
import { Loading } from '../shell/Loading.tsx';
import { useLaterText } from '../text/later.ts';

import { useSession } from './context.ts';
import { checkWithJira, type Preflight } from './preflight.ts';

/** Which issues Jira would not take an estimate for, on which track, and what to do about it: asked before the meeting. */
export function PreflightDialog({ onClose }: { readonly onClose: () => void }) {
  const { session } = useSession();
  const { id, tracks } = session;
  const text = useLaterText();
  const client = useApolloClient();
  const [found, setFound] = useState<Preflight>();
  const [problem, setProblem] = useState<unknown>();
  // As the session was when it was asked.
  const [asked] = useState({ id, tracks });
  useEffect(() => {
    checkWithJira(client, asked.id, asked.tracks).then(setFound, setProblem);
  }, [client, asked]);
  const labelOf = (track: string) => tracks.find((candidate) => candidate.id === track)?.label ?? track;
  return (
    <Dialog title={text('preflight.title')} onClose={onClose}>
      {!found && !problem && <Loading />}
      {problem !== undefined && <Note tone="bad">{toErrorText(problem, text)}</Note>}
      {found && found.fields.length > 0 && <Note>{text('import.field', { field: found.fields.join(', ') })}</Note>}
      {found?.refused.length === 0 && <Note tone="good">{text('preflight.fine', { count: found.count })}</Note>}
      <Stack>
        {found?.refused.map(({ key, summary, track, reason }) => (
          <Note key={`${key} ${track}`} tone="notable">
            <strong>
              {key} {summary}
              {tracks.length > 1 && ` (${labelOf(track)})`}
            </strong>
            <span>{text(`remedy.${reason}`)}</span>
          </Note>
        ))}
      </Stack>
    </Dialog>
  );
}
