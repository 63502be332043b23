/**
 * Acts with the next frame, for an effect: returns the way not to. What asks for a place or a size at once has the page laid out within the work of
 * drawing it, and again for the frame.
 */
export function atNextFrame(act: () => void): () => void {
  const frame = requestAnimationFrame(act);
  return () => cancelAnimationFrame(frame);
}
