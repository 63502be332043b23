import { TextField } from '../design/Field.tsx';
import type { TrackInput } from '../generated/graph.ts';
import { useText } from '../text/text.tsx';

/** Tracks from their labels, e.g. `dev, test`: an id is made of each; empty for the one usual track. */
export function parseTracks(typed: string): TrackInput[] {
  const labels = typed
    .split(',')
    .map((label) => label.trim())
    .filter(Boolean);
  return labels.map((label, index) => {
    const id = label
      .toLowerCase()
      .replace(/[^a-z0-9_-]+/gu, '-')
      .replace(/^-+|-+$/gu, '')
      .slice(0, 32);
    return { id: id === '' ? `track-${index + 1}` : id, label };
  });
}

/** What is estimated side by side. */
export function TracksField({ value, onChange }: { readonly value: string; readonly onChange: (typed: string) => void }) {
  const text = useText();
  return (
    <TextField
      label={text('tracks')}
      hint={text('tracks.hint')}
      placeholder="dev, test"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
