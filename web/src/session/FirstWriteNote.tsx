import { useQuery } from '@apollo/client/react';
import { Note } from '../design/Panel.tsx';
import { ItemEstimabilityDocument } from '../generated/graph.ts';
import { useLaterText } from '../text/later.ts';

import { type Track, useSession } from './context.ts';
import { isFirstWrite, projectOf } from './firstWrites.ts';

/** Into which field of Jira this item's estimate goes, until the session has written to it for the issue's project. */
export function FirstWriteNote({ itemId }: { readonly itemId: string }) {
  const { session, findIssue } = useSession();
  const keyOf = (id: string) => findIssue(id)?.key;
  const key = keyOf(itemId);
  if (key === undefined || !session.settings.writeBack) return null;
  const isFirst = ({ id }: Track) => isFirstWrite(session.items, keyOf, { projectKey: projectOf(key), track: id });
  return session.tracks.filter(isFirst).map((track) => <FieldNote key={track.id} itemId={itemId} track={track} />);
}

function FieldNote({ itemId, track }: { readonly itemId: string; readonly track: Track }) {
  const { session } = useSession();
  const text = useLaterText();
  const { data } = useQuery(ItemEstimabilityDocument, {
    variables: { sessionId: session.id, itemId, track: track.id },
    errorPolicy: 'all',
  });
  const field = data?.session?.item?.issue?.estimability?.field;
  if (!field) return null;
  const said = text('import.field', { field: `${field.name} (${field.id})` });
  return <Note>{session.tracks.length > 1 ? `${track.label}: ${said}` : said}</Note>;
}
