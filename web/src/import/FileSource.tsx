import { useApolloClient } from '@apollo/client/react';
import { useState } from 'react';
import { Button } from '../design/Button.tsx';
import { SelectField } from '../design/Field.tsx';
import { Note, Row, Stack } from '../design/Panel.tsx';
import { toErrorText } from '../graph/errors.ts';
import { Loading } from '../shell/Loading.tsx';
import { useLaterText } from '../text/later.ts';

import styles from './FileSource.module.css';
import { type Found, findKeys } from './find.ts';
import { findMapping, keep, readKept, withMapping } from './keptColumns.ts';
import { Preview } from './Preview.tsx';
import { guessMapping, type Mapped, type Mapping, parseTable, type Table, toMapped } from './table.ts';

type Step =
  | { readonly state: 'idle' | 'unreadable' | 'searching' }
  | { readonly state: 'mapping'; readonly table: Table; readonly mapping: Mapping }
  | { readonly state: 'found'; readonly found: Found; readonly mapped: Mapped }
  | { readonly state: 'failed'; readonly error: unknown };

const largestBytes = 20_000_000;
const rowsShown = 5;

/** Issues and topics out of a file: Jira's CSV, XML or HTML export, or a table of one's own. */
export function FileSource({ onDone }: { readonly onDone: () => void }) {
  const client = useApolloClient();
  const text = useLaterText();
  const [step, setStep] = useState<Step>({ state: 'idle' });

  async function read(file: File | undefined): Promise<void> {
    if (!file) return;
    const table = file.size > largestBytes ? undefined : parseTable(await file.text());
    setStep(table ? { state: 'mapping', table, mapping: findMapping(readKept(), table) ?? guessMapping(table) } : { state: 'unreadable' });
  }

  async function find(table: Table, mapping: Mapping): Promise<void> {
    keep(withMapping(readKept(), table, mapping));
    const mapped = toMapped(table, mapping);
    setStep({ state: 'searching' });
    try {
      const found = await findKeys(client, mapped.keys);
      setStep({ state: 'found', found, mapped });
    } catch (error) {
      setStep({ state: 'failed', error });
    }
  }

  return (
    <Stack>
      <label
        className={styles.drop}
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          void read(event.dataTransfer.files[0]);
        }}
      >
        <span>{text('import.drop')}</span>
        <input
          type="file"
          accept=".csv,.tsv,.txt,.xml,.html,.htm,text/csv,text/xml"
          onChange={(event) => void read(event.currentTarget.files?.[0])}
        />
      </label>
      {step.state === 'unreadable' && <Note tone="bad">{text('import.noTable')}</Note>}
      {step.state === 'searching' && <Loading />}
      {step.state === 'failed' && <Note tone="bad">{toErrorText(step.error, text)}</Note>}
      {step.state === 'mapping' && (
        <Columns
          table={step.table}
          mapping={step.mapping}
          onChange={(mapping) => setStep({ ...step, mapping })}
          onFind={() => void find(step.table, step.mapping)}
        />
      )}
      {step.state === 'found' && (
        <Preview found={step.found} topics={step.mapped.topics} onMore={() => Promise.resolve()} onDone={onDone} />
      )}
    </Stack>
  );
}

interface ColumnsProps {
  readonly table: Table;
  readonly mapping: Mapping;
  readonly onChange: (mapping: Mapping) => void;
  readonly onFind: () => void;
}

/** Which column is what, and the first rows as they would come in. */
function Columns({ table, mapping, onChange, onFind }: ColumnsProps) {
  const text = useLaterText();
  const { keys, topics } = toMapped(table, mapping);
  const options = [
    { value: '-1', label: text('import.noColumn') },
    ...table.columns.map((name, at) => ({ value: String(at), label: name.trim() || String(at + 1) })),
  ];
  return (
    <Stack>
      <SelectField
        label={text('import.keyColumn')}
        value={String(mapping.key)}
        options={options}
        onChange={(key) => onChange({ ...mapping, key: Number(key) })}
      />
      <SelectField
        label={text('import.titleColumn')}
        value={String(mapping.title)}
        options={options}
        onChange={(title) => onChange({ ...mapping, title: Number(title) })}
      />
      <ul className={styles.rows}>
        {[...keys, ...topics].slice(0, rowsShown).map((row, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows may repeat, and are never moved.
          <li key={at}>{row}</li>
        ))}
      </ul>
      <Note>{text('import.mapped', { issues: keys.length, topics: topics.length })}</Note>
      <Row>
        <Button look="primary" isDisabled={keys.length + topics.length === 0} onClick={onFind}>
          {text('import.preview')}
        </Button>
      </Row>
    </Stack>
  );
}
