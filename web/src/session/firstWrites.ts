import type { Item } from './context.ts';

/** The project's part of an issue's key. */
export function projectOf(key: string): string {
  return key.slice(0, key.lastIndexOf('-'));
}

/** Whether nothing has been written to Jira yet for a track of a project, as far as the session knows: then people should see where it would go. */
export function isFirstWrite(
  items: readonly Pick<Item, 'id' | 'estimates'>[],
  keyOf: (itemId: string) => string | undefined,
  { projectKey, track }: { readonly projectKey: string; readonly track: string },
): boolean {
  return !items.some(({ id, estimates }) => {
    const key = keyOf(id);
    if (key === undefined || projectOf(key) !== projectKey) return false;
    return estimates.some((estimate) => estimate.track === track && estimate.writeBack.state === 'WRITTEN');
  });
}
