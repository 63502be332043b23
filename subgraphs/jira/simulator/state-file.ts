import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { World } from './world.ts';

type Saved = Record<string, Record<string, number | null>>;

/** Number fields that were written, kept in a file over restarts: by issue key, then by field. */
export function createStateFile(path: string | undefined, world: World) {
  const saved: Saved = path !== undefined && existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Saved) : {};
  for (const [key, numbers] of Object.entries(saved)) {
    for (const [fieldId, value] of Object.entries(numbers)) world.byKey.get(key)?.numbers.set(fieldId, value);
  }
  return {
    /** Remembers one value; on disk when it returns. */
    save: (key: string, fieldId: string, value: number | null): void => {
      if (path === undefined) return;
      saved[key] = { ...saved[key], [fieldId]: value };
      // A crash between the two leaves the old file whole.
      writeFileSync(`${path}.new`, JSON.stringify(saved));
      renameSync(`${path}.new`, path);
    },
  };
}
