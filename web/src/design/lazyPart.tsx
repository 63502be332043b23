import { type ComponentType, lazy } from 'react';

const loads = new Set<() => Promise<unknown>>();

/** A component that is loaded when it is first shown, or by `preloadParts` before that. */
export function lazyPart<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  loads.add(load);
  return lazy(async () => ({ default: await load() }));
}

/** Loads what may be opened later, while there is a network; what fails is tried again when it is shown. */
export async function preloadParts(): Promise<void> {
  for (const load of loads) await load().catch(() => undefined);
}
