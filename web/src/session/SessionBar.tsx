import { Button } from '../design/Button.tsx';
import { Icon } from '../design/Icon.tsx';
import { Menu, type MenuItem } from '../design/Menu.tsx';
import { Chip, type Tone } from '../design/Panel.tsx';
import { CloseSessionDocument, LeaveSessionDocument, ReopenSessionDocument } from '../generated/graph.ts';
import type { ConnectionState } from '../graph/socket.ts';
import { useAction } from '../graph/useAction.ts';
import { goTo } from '../routes.ts';
import { TopBar, useAppearance } from '../shell/TopBar.tsx';
import { useStore } from '../store.ts';
import { useText } from '../text/text.tsx';
import { useSession } from './context.ts';

export type SessionDialog = 'invite' | 'settings' | 'import' | 'profile' | 'preflight' | 'shortcuts';

const tones: Record<ConnectionState, Tone> = { idle: 'plain', connecting: 'plain', live: 'good', reconnecting: 'notable', refused: 'bad' };

/** Whether what one sees is live; always in sight. */
function ConnectionChip() {
  const { connection } = useSession();
  const text = useText();
  const state = useStore(connection.state);
  return (
    <span role="status" data-connection={state}>
      <Chip tone={tones[state]}>{text(`connection.${state}`)}</Chip>
    </span>
  );
}

/** The session's bar: its title, the connection, and what belongs to the whole session. */
export function SessionBar({ onOpen, onLeft }: { readonly onOpen: (dialog: SessionDialog) => void; readonly onLeft: () => void }) {
  const { session, isFacilitator } = useSession();
  const text = useText();
  const [closeSession] = useAction(CloseSessionDocument);
  const [reopenSession] = useAction(ReopenSessionDocument);
  const [leaveSession] = useAction(LeaveSessionDocument);

  const appearance = useAppearance();
  const items: MenuItem[] = [
    { label: text('report.open'), icon: 'chart', onChoose: () => goTo({ name: 'report', sessionId: session.id }) },
    { label: text('profile.title'), icon: 'people', onChoose: () => onOpen('profile') },
    { label: text('shortcuts.title'), icon: 'cards', onChoose: () => onOpen('shortcuts') },
  ];
  if (isFacilitator) {
    items.push({ label: text('preflight.title'), icon: 'check', onChoose: () => onOpen('preflight') });
    items.push({ label: text('settings.title'), icon: 'settings', onChoose: () => onOpen('settings') });
    items.push(
      session.state === 'OPEN'
        ? { label: text('session.close'), icon: 'check', onChoose: () => void closeSession({}) }
        : { label: text('session.reopen'), icon: 'open', onChoose: () => void reopenSession({}) },
    );
  }
  items.push(...appearance, {
    label: text('session.leave'),
    icon: 'close',
    isDanger: true,
    onChoose: async () => {
      if (await leaveSession({})) onLeft();
    },
  });

  return (
    <TopBar
      title={session.title}
      isAppearanceElsewhere
      actions={
        <>
          <Button look="quiet" isIcon aria-label={text('invite')} onClick={() => onOpen('invite')}>
            <Icon name="link" />
          </Button>
          <Menu label={text('menu')} items={items} />
        </>
      }
    >
      <ConnectionChip />
    </TopBar>
  );
}
