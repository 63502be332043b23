import { Button } from '../design/Button.tsx';
import { goTo } from '../routes.ts';
import { useSession } from '../session/context.ts';
import { useLaterText } from '../text/later.ts';
import { toNextTitle, toStartDraft } from './again.ts';
import { keepStartDraft } from './remembered.ts';

/** The way from a session that is over to the next one like it; nothing is created before the form is sent. */
export function SameAgain() {
  const { session } = useSession();
  const text = useLaterText();
  const prepare = () => {
    keepStartDraft(toStartDraft(session));
    goTo({ name: 'start' }, `?${new URLSearchParams({ title: toNextTitle(session.title) })}`);
  };
  return (
    <Button size="large" onClick={prepare}>
      {text('session.again')}
    </Button>
  );
}
