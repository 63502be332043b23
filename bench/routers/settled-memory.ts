// Loaded before a process's own program (`--expose-gc --import`): tells whoever asks by IPC what it holds once the garbage is gone.
process.on('message', (asked) => {
  if (asked !== 'memory') return;
  // Twice: what a finaliser lets go of is collected by the second.
  for (let time = 0; time < 2; time += 1) globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  const { heapUsed, external, rss } = process.memoryUsage();
  process.send?.({ heldBytes: heapUsed + external, residentBytes: rss } satisfies SettledMemory);
});

export interface SettledMemory {
  /** Of the heap, and outside of it in buffers. */
  readonly heldBytes: number;
  readonly residentBytes: number;
}
