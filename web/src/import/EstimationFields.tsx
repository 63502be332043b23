import { useQuery } from '@apollo/client/react';
import { Note } from '../design/Panel.tsx';
import { EstimationFieldsDocument } from '../generated/later.ts';
import { byIdentity } from '../graph/connection.ts';
import { useLaterText } from '../text/later.ts';

const mostProjects = 10;

interface EstimationFieldsProps {
  readonly keys: readonly string[];
  readonly track: { readonly id: string; readonly label: string };
  readonly hasSeveralTracks: boolean;
}

/** Into which field of Jira estimates of these issues go, by an issue of each project, unless it took one there before, in whatever session. */
export function EstimationFields({ keys, track, hasSeveralTracks }: EstimationFieldsProps) {
  const text = useLaterText();
  const byProject = new Map(keys.map((key) => [key.slice(0, key.lastIndexOf('-')), key]));
  const asked = [...byProject.values()].slice(0, mostProjects);
  const { data } = useQuery(EstimationFieldsDocument, {
    variables: { keys: asked, track: track.id },
    skip: asked.length === 0,
    errorPolicy: 'all',
    context: byIdentity,
  });
  const fields = (data?.issues ?? []).flatMap((issue) => {
    const field = issue?.estimability?.field;
    return !field || issue?.writtenFields.includes(field.id) ? [] : [field];
  });
  const names = [...new Set(fields.map(({ id, name }) => `${name} (${id})`))];
  if (names.length === 0) return null;
  const said = text('import.field', { field: names.join(', ') });
  return <Note>{hasSeveralTracks ? `${track.label}: ${said}` : said}</Note>;
}
