import { Note } from '../design/Panel.tsx';
import { useText } from '../text/text.tsx';
import { useSession } from './context.ts';
import { WriteBackChip } from './WriteBackChip.tsx';

/** What was settled a moment ago, and its estimate's way to Jira. */
export function LastSettled({ itemId }: { readonly itemId: string }) {
  const { session, findIssue, findWriteBackTarget } = useSession();
  const text = useText();
  const item = session.items.find((candidate) => candidate.id === itemId);
  if (item?.state !== 'ESTIMATED' || item.estimates.length === 0) return null;
  const name = findIssue(item.id)?.key ?? item.topic ?? '';
  return (
    <Note tone="good">
      {item.estimates.map((estimate) => (
        <span key={estimate.track}>
          <strong>{text('settled', { name, value: estimate.value })}</strong>{' '}
          <WriteBackChip estimate={estimate} name={name} target={findWriteBackTarget(item)} />
        </span>
      ))}
    </Note>
  );
}
