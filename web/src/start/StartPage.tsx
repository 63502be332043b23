import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { Button } from '../design/Button.tsx';
import { Switch, TextField } from '../design/Field.tsx';
import { Link } from '../design/Link.tsx';
import { Note, Row } from '../design/Panel.tsx';
import { CreateSessionDocument, DecksDocument } from '../generated/graph.ts';
import { findLastName, listAdmissions, storeAdmission } from '../graph/admission.ts';
import { toErrorText } from '../graph/errors.ts';
import { useAction } from '../graph/useAction.ts';
import { goTo } from '../routes.ts';
import { Page } from '../shell/Page.tsx';
import { useText } from '../text/text.tsx';
import { parseCustomDeck } from './customDeck.ts';
import { DeckPicker } from './DeckPicker.tsx';
import { SettingsFields } from './SettingsFields.tsx';
import styles from './StartPage.module.css';
import { defaultSettings, type SettingsDraft, toSettingsInput } from './settings.ts';
import { parseTracks, TracksField } from './TracksField.tsx';

/** Where a session begins: a title, a deck, and everything else tucked away. */
export function StartPage() {
  const text = useText();
  const { data, error } = useQuery(DecksDocument);
  const [create, isCreating] = useAction(CreateSessionDocument);
  const [title, setTitle] = useState('');
  const [name, setName] = useState(findLastName);
  const [deck, setDeck] = useState('fibonacci');
  const [customDeck, setCustomDeck] = useState('1, 2, 4, 8, ?');
  const [tracks, setTracks] = useState('');
  const [settings, setSettings] = useState<SettingsDraft>(defaultSettings);
  const [isSpectator, setIsSpectator] = useState(false);
  const [isChecked, setIsChecked] = useState(false);

  async function submit(): Promise<void> {
    setIsChecked(true);
    const cards = deck === 'custom' ? parseCustomDeck(customDeck) : undefined;
    if (title.trim() === '' || name.trim() === '' || cards?.length === 0) return;
    const chosenTracks = parseTracks(tracks);
    const created = await create({
      title: title.trim(),
      name: name.trim(),
      role: isSpectator ? 'SPECTATOR' : 'ESTIMATOR',
      settings: toSettingsInput(settings),
      ...(cards ? { customDeck: cards } : { deck }),
      ...(chosenTracks.length > 0 && { tracks: chosenTracks }),
    });
    if (!created) return;
    goTo({ name: 'session', sessionId: storeAdmission(created.createSession).sessionId });
  }

  return (
    <Page title={text('start.title')} lead={text('start.lead')}>
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <div className={styles.pair}>
          <TextField
            label={text('start.sessionTitle')}
            placeholder={text('start.sessionTitleExample')}
            value={title}
            maxLength={200}
            autoComplete="off"
            onChange={(event) => setTitle(event.currentTarget.value)}
            problem={isChecked && title.trim() === '' ? text('start.titleMissing') : undefined}
          />
          <TextField
            label={text('yourName')}
            value={name}
            maxLength={80}
            autoComplete="name"
            onChange={(event) => setName(event.currentTarget.value)}
            problem={isChecked && name.trim() === '' ? text('nameMissing') : undefined}
          />
        </div>
        {error && <Note tone="bad">{toErrorText(error, text)}</Note>}
        <DeckPicker decks={data?.decks ?? []} chosen={deck} custom={customDeck} onChoose={setDeck} onCustom={setCustomDeck} />
        <details className={styles.settings}>
          <summary>{text('settings.title')}</summary>
          <div>
            <SettingsFields settings={settings} onChange={setSettings} />
            <TracksField value={tracks} onChange={setTracks} />
            <Switch label={text('start.asSpectator')} isOn={isSpectator} onChange={setIsSpectator} />
          </div>
        </details>
        <Row>
          <Button type="submit" look="primary" size="large" isDisabled={isCreating}>
            {text('start.create')}
          </Button>
        </Row>
      </form>
      <RecentSessions />
    </Page>
  );
}

function RecentSessions() {
  const text = useText();
  const admissions = listAdmissions();
  if (admissions.length === 0) return null;
  return (
    <section className={styles.recent} aria-labelledby="recent">
      <h2 id="recent">{text('start.recent')}</h2>
      <ul>
        {admissions.map((admission) => (
          <li key={admission.sessionId}>
            <Row isSpread>
              <Link to={{ name: 'session', sessionId: admission.sessionId }}>{admission.title}</Link>
              <span>{text('start.recentAs', { name: admission.name })}</span>
            </Row>
          </li>
        ))}
      </ul>
    </section>
  );
}
