import { SelectField, TextField } from '../design/Field.tsx';
import { useLaterText } from '../text/later.ts';
import { findName } from '../text/names.ts';

interface TracksFieldProps {
  readonly presets: readonly { readonly name: string }[];
  /** A preset's name, or `custom`. */
  readonly chosen: string;
  /** What was typed for tracks of one's own. */
  readonly custom: string;
  readonly onChoose: (name: string) => void;
  readonly onCustom: (typed: string) => void;
}

/** What is estimated side by side: a ready-made set, or one's own. */
export function TracksField({ presets, chosen, custom, onChoose, onCustom }: TracksFieldProps) {
  const text = useLaterText();
  const names = [...new Set(['single', ...presets.map((preset) => preset.name), 'custom'])];
  return (
    <>
      <SelectField
        label={text('tracks')}
        hint={text('tracks.hint')}
        value={chosen}
        options={names.map((name) => ({ value: name, label: findName(text, 'preset', name) }))}
        onChange={onChoose}
      />
      {chosen === 'custom' && (
        <TextField
          label={text('tracks.own')}
          hint={text('tracks.ownHint')}
          placeholder="API=backend, UI=frontend, docs"
          value={custom}
          autoComplete="off"
          onChange={(event) => onCustom(event.currentTarget.value)}
        />
      )}
    </>
  );
}
