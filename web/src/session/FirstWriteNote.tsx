import { useQuery } from '@apollo/client/react';
import { Note } from '../design/Panel.tsx';
import { FirstWriteDocument } from '../generated/later.ts';
import { useAskAgain } from '../graph/useAskAgain.ts';
import { useLaterText } from '../text/later.ts';

import { type Track, useSession } from './context.ts';

/** Into which field of Jira this item's estimate goes, unless that one took an estimate in the issue's project before, in whatever session. */
export function FirstWriteNote({ itemId }: { readonly itemId: string }) {
  const { session, findIssue } = useSession();
  if (findIssue(itemId) === undefined || !session.settings.writeBack) return null;
  return session.tracks.map((track) => <FieldNote key={track.id} itemId={itemId} track={track} />);
}

function FieldNote({ itemId, track }: { readonly itemId: string; readonly track: Track }) {
  const { session } = useSession();
  const text = useLaterText();
  const { data, refetch } = useQuery(FirstWriteDocument, {
    variables: { sessionId: session.id, itemId, track: track.id },
    errorPolicy: 'all',
    fetchPolicy: 'cache-and-network',
  });
  const written = session.items.flatMap(({ estimates }) => estimates).filter(({ writeBack }) => writeBack.state === 'WRITTEN').length;
  // An estimate of before may get there while this one is talked about.
  useAskAgain(written, refetch);
  const issue = data?.session?.item?.issue;
  const field = issue?.estimability?.field;
  if (!field || issue?.writtenFields.includes(field.id)) return null;
  const said = text('import.field', { field: `${field.name} (${field.id})` });
  return <Note>{session.tracks.length > 1 ? `${track.label}: ${said}` : said}</Note>;
}
