import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { createManifest } from './manifest.ts';

it('the committed manifest holds the operations of the tour as they are (node router/src/manifest.ts tour/operations router/persisted/tour.json)', () => {
  const folder = fileURLToPath(new URL('../../tour/operations', import.meta.url));
  expect(readFileSync(new URL('../persisted/tour.json', import.meta.url), 'utf8')).toBe(createManifest(folder));
});
