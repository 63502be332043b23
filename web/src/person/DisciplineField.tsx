import { useState } from 'react';
import { SelectField, TextField } from '../design/Field.tsx';
import { findName } from '../text/names.ts';
import { useText } from '../text/text.ts';

interface DisciplineFieldProps {
  readonly tracks: readonly { readonly discipline: string | null }[];
  /** Empty: none. */
  readonly value: string;
  readonly onChange: (discipline: string) => void;
}

const another = '\u0000another';

/** What one works on, where the session's tracks ask for it: one of their disciplines, or another in one's own words. */
export function DisciplineField({ tracks, value, onChange }: DisciplineFieldProps) {
  const text = useText();
  const disciplines = [...new Set(tracks.flatMap((track) => track.discipline ?? []))];
  const [isAnother, setIsAnother] = useState(value !== '' && !disciplines.includes(value));
  if (disciplines.length === 0) return null;
  return (
    <>
      <SelectField
        label={text('discipline')}
        hint={text('discipline.hint')}
        value={isAnother ? another : value}
        options={[
          { value: '', label: text('discipline.all') },
          ...disciplines.map((discipline) => ({ value: discipline, label: findName(text, 'discipline', discipline) })),
          { value: another, label: text('discipline.another') },
        ]}
        onChange={(chosen) => {
          setIsAnother(chosen === another);
          onChange(chosen === another ? '' : chosen);
        }}
      />
      {isAnother && (
        <TextField
          label={text('discipline.own')}
          value={value}
          maxLength={40}
          autoComplete="off"
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </>
  );
}
