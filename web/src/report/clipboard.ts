/** What goes to the clipboard: the text, and what programs with formatted text take in its place. */
export interface Copied {
  readonly plain: string;
  readonly html: string;
}

/**
 * Puts on the clipboard what `load` gives; safe to call from a click only: the clipboard is asked at once, also when the content comes later.
 * Rejects when the browser withholds the clipboard, or when `load` does.
 */
export async function copy(load: () => Promise<Copied>): Promise<void> {
  const content = load();
  const toBlob = (kind: keyof Copied, type: string) => content.then((copied) => new Blob([copied[kind]], { type }));
  await navigator.clipboard.write([
    new ClipboardItem({ 'text/plain': toBlob('plain', 'text/plain'), 'text/html': toBlob('html', 'text/html') }),
  ]);
}
