import { useApolloClient, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { Switch, TextArea, TextField } from '../design/Field.tsx';
import { Form } from '../design/Form.tsx';
import { Note } from '../design/Panel.tsx';
import { showToast } from '../design/Toasts.tsx';
import { CreateSessionDocument, StartChoicesDocument } from '../generated/later.ts';
import { findLastName, storeAdmission } from '../graph/admission.ts';
import { toErrorText } from '../graph/errors.ts';
import { useAction } from '../graph/useAction.ts';
import { useTryAgain } from '../graph/useTryAgain.ts';
import { DisciplineField } from '../person/DisciplineField.tsx';
import { NameField } from '../person/NameField.tsx';
import { goTo } from '../routes.ts';
import { useLaterText } from '../text/later.ts';
import { findName } from '../text/names.ts';
import { useLanguage } from '../text/text.ts';
import { beginVote } from './beginVote.ts';
import { parseCustomDeck } from './customDeck.ts';
import { DeckPicker } from './DeckPicker.tsx';
import { findStartDraft, keepStartDraft } from './remembered.ts';
import { SettingsFields } from './SettingsFields.tsx';
import styles from './StartPage.module.css';
import { type SettingsDraft, toSettingsInput } from './settings.ts';
import { TracksField } from './TracksField.tsx';
import { parseTracks } from './tracks.ts';
import { Waiting } from './Waiting.tsx';

const titleLength = 120;

/** What a link has prepared, e.g. `/?title=Sprint 42&jql=sprint in openSprints()`. */
const readPrepared = (name: string) => new URLSearchParams(location.search).get(name)?.trim() ?? '';

/** A new session: a title, a deck, and everything else tucked away. */
export function CreateForm() {
  const text = useLaterText();
  const language = useLanguage();
  const client = useApolloClient();
  const [draft] = useState(findStartDraft);
  const { data, error, refetch } = useQuery(StartChoicesDocument, { notifyOnNetworkStatusChange: false });
  useTryAgain(error, refetch);
  const [create, isCreating] = useAction(CreateSessionDocument);
  const [title, setTitle] = useState(() => readPrepared('title').slice(0, titleLength));
  const [preparedJql] = useState(() => readPrepared('jql'));
  const [jql, setJql] = useState(preparedJql);
  const [name, setName] = useState(findLastName);
  const [deck, setDeck] = useState(draft.deck);
  const [customDeck, setCustomDeck] = useState(draft.customDeck);
  const [preset, setPreset] = useState(draft.preset);
  const [customTracks, setCustomTracks] = useState(draft.customTracks);
  const [settings, setSettings] = useState<SettingsDraft>(draft.settings);
  const [isSpectator, setIsSpectator] = useState(false);
  const [discipline, setDiscipline] = useState('');
  const ready = data?.trackPresets.find((candidate) => candidate.name === preset)?.tracks ?? [];
  const tracks =
    preset === 'custom'
      ? parseTracks(customTracks)
      : ready.map(({ id, discipline }) => ({ id, label: findName(text, 'track', id), discipline }));
  const asked = tracks.map((track) => ({ discipline: track.discipline ?? null }));

  async function submit(isVotedAtOnce: boolean): Promise<void> {
    const cards = deck === 'custom' ? parseCustomDeck(customDeck) : undefined;
    if (name.trim() === '' || cards?.length === 0) return;
    const created = await create({
      // A title can wait: the first vote should not.
      title: title.trim() || text('start.untitled', { date: new Date().toLocaleDateString(language, { dateStyle: 'medium' }) }),
      name: name.trim(),
      role: isSpectator ? 'SPECTATOR' : 'ESTIMATOR',
      settings: toSettingsInput(settings),
      ...(cards ? { customDeck: cards } : { deck }),
      ...(preset !== 'single' && tracks.length > 0 && { tracks }),
      ...(discipline.trim() !== '' && !isSpectator && { discipline: discipline.trim() }),
    });
    if (!created) return;
    keepStartDraft({ deck, customDeck, preset, customTracks, settings });
    const search = jql.trim() === '' ? '' : `?${new URLSearchParams({ jql: jql.trim() })}`;
    const { sessionId, token } = storeAdmission(created.createSession);
    if (isVotedAtOnce) {
      // The session is there: what went wrong is done again in it.
      await beginVote(client, { sessionId, token, topic: text('start.firstTopic') }).catch((failure: unknown) =>
        showToast('bad', toErrorText(failure, text)),
      );
    }
    goTo({ name: 'session', sessionId }, search);
  }

  // All at once: decks that came later would push the button away from under a click.
  if (!data && !error) return <Waiting />;
  return (
    <Form
      submit={text('start.create')}
      isBusy={isCreating}
      onSubmit={() => void submit(false)}
      other={{ label: text('start.voteNow'), onSubmit: () => void submit(true) }}
    >
      {(isChecked) => (
        <>
          <div className={styles.pair}>
            <TextField
              label={text('start.sessionTitle')}
              placeholder={text('start.sessionTitleExample')}
              value={title}
              maxLength={titleLength}
              autoComplete="off"
              onChange={(event) => setTitle(event.currentTarget.value)}
            />
            <NameField value={name} onChange={setName} isChecked={isChecked} />
          </div>
          {preparedJql !== '' && (
            <TextArea label={text('import.pasted')} value={jql} rows={2} onChange={(event) => setJql(event.currentTarget.value)} />
          )}
          {error && <Note tone="bad">{toErrorText(error, text)}</Note>}
          <DeckPicker decks={data?.decks ?? []} chosen={deck} custom={customDeck} onChoose={setDeck} onCustom={setCustomDeck} />
          <details className={styles.settings}>
            <summary>{text('settings.title')}</summary>
            <div>
              <TracksField
                presets={data?.trackPresets ?? []}
                chosen={preset}
                custom={customTracks}
                onChoose={setPreset}
                onCustom={setCustomTracks}
              />
              {!isSpectator && <DisciplineField tracks={asked} value={discipline} onChange={setDiscipline} />}
              <SettingsFields settings={settings} onChange={setSettings} />
              <Switch label={text('start.asSpectator')} isOn={isSpectator} onChange={setIsSpectator} />
            </div>
          </details>
        </>
      )}
    </Form>
  );
}
