import { Note } from '../design/Panel.tsx';
import { useText } from '../text/text.ts';
import { useSession } from './context.ts';
import { WriteBackChip } from './WriteBackChip.tsx';

/** What was settled a moment ago, and its estimate's way to Jira. */
export function LastSettled({ itemId }: { readonly itemId: string }) {
  const { session, findIssue, findWriteBackTarget } = useSession();
  const text = useText();
  const item = session.items.find((candidate) => candidate.id === itemId);
  if (item?.state !== 'ESTIMATED' || item.estimates.length === 0) return null;
  const name = findIssue(item.id)?.key ?? item.topic ?? '';
  const nameOn = (id: string) => {
    const track = session.tracks.length > 1 ? session.tracks.find((candidate) => candidate.id === id)?.label : undefined;
    return track === undefined ? name : `${name}, ${track}`;
  };
  return (
    <Note tone="good">
      {item.estimates.map((estimate) => (
        <span key={estimate.track}>
          <strong>{text('settled', { name: nameOn(estimate.track), value: estimate.label })}</strong>{' '}
          <WriteBackChip estimate={estimate} name={nameOn(estimate.track)} target={findWriteBackTarget(item)} />
        </span>
      ))}
    </Note>
  );
}
