import { TextField } from '../design/Field.tsx';
import { useLaterText } from '../text/later.ts';

/** A list of so many sessions is searched. */
export const searchFrom = 6;

/** Whether each word that is searched for stands in the title. */
export function isFound(title: string, search: string): boolean {
  const within = title.toLocaleLowerCase();
  return search
    .toLocaleLowerCase()
    .split(/\s+/u)
    .every((word) => within.includes(word));
}

/** Searches sessions by their title. */
export function SessionSearch({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }) {
  const text = useLaterText();
  return <TextField type="search" label={text('start.search')} value={value} onChange={(event) => onChange(event.currentTarget.value)} />;
}
