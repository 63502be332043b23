import type { TrackInput } from '../generated/later.ts';

/**
 * Tracks from what people type, e.g. `API=backend, Screens=frontend, docs`: labels separated by commas, each with the discipline that votes on it
 * where one is given. An id is made of each label. Empty for the one usual track.
 */
export function parseTracks(typed: string): TrackInput[] {
  const tracks = typed
    .split(',')
    .map((part) => part.split('=', 2).map((word) => word.trim()))
    .filter(([label]) => label !== undefined && label !== '');
  const taken = new Set<string>();
  return tracks.map(([label = '', discipline = ''], index) => {
    const made = label
      .toLowerCase()
      .replace(/[^a-z0-9_-]+/gu, '-')
      .replace(/^-+|-+$/gu, '')
      .slice(0, 32);
    const id = made === '' || taken.has(made) ? `track-${index + 1}` : made;
    taken.add(id);
    return { id, label, ...(discipline !== '' && { discipline }) };
  });
}
