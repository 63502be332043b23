/** A list in its order, in parts of `size`; the last may be shorter, and of an empty list there is none. */
export function toChunks<Each>(list: readonly Each[], size: number): readonly (readonly Each[])[] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, at) => list.slice(at * size, (at + 1) * size));
}
