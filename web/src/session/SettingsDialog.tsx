import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { Button } from '../design/Button.tsx';
import { Dialog } from '../design/Dialog.tsx';
import { TextField } from '../design/Field.tsx';
import { DecksDocument, UpdateSessionDocument } from '../generated/later.ts';
import { useAction } from '../graph/useAction.ts';
import { parseCustomDeck } from '../start/customDeck.ts';
import { DeckPicker } from '../start/DeckPicker.tsx';
import { SettingsFields } from '../start/SettingsFields.tsx';
import { toChangedSettings, toSettingsDraft } from '../start/settings.ts';
import { useLaterText } from '../text/later.ts';

import { useSession } from './context.ts';

/** Title, deck and rules of a running session; a changed deck counts from the next round on. */
export function SettingsDialog({ onClose }: { readonly onClose: () => void }) {
  const { session } = useSession();
  const text = useLaterText();
  const { data } = useQuery(DecksDocument);
  const [update, isSaving] = useAction(UpdateSessionDocument);
  const [title, setTitle] = useState(session.title);
  const [opened] = useState(() => ({ title: session.title, settings: toSettingsDraft(session.settings) }));
  const [settings, setSettings] = useState(opened.settings);
  const [deck, setDeck] = useState(session.deck.name);
  const [custom, setCustom] = useState(() =>
    session.deck.cards.map(({ label, value }) => (value === null || String(value) === label ? label : `${label}=${value}`)).join(', '),
  );
  const isDeckChanged = deck !== session.deck.name || deck === 'custom';

  async function save(): Promise<void> {
    const saved = await update({
      ...(title.trim() !== opened.title && { title: title.trim() }),
      settings: toChangedSettings(opened.settings, settings),
      ...(isDeckChanged && (deck === 'custom' ? { customDeck: parseCustomDeck(custom) } : { deck })),
    });
    if (saved) onClose();
  }

  return (
    <Dialog
      title={text('settings.title')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{text('cancel')}</Button>
          <Button look="primary" isDisabled={isSaving || title.trim() === ''} onClick={() => void save()}>
            {text('save')}
          </Button>
        </>
      }
    >
      <TextField
        label={text('start.sessionTitle')}
        value={title}
        maxLength={120}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <SettingsFields settings={settings} onChange={setSettings} />
      <DeckPicker decks={data?.decks ?? []} chosen={deck} custom={custom} onChoose={setDeck} onCustom={setCustom} />
    </Dialog>
  );
}
