import { type RefObject, useLayoutEffect, useState } from 'react';

/** In how many columns so many things lie in rows of equal length: eight are one row, or 4 + 4, never 7 + 1. */
export function toColumns(count: number, fitting: number): number {
  const rows = Math.ceil(count / Math.max(1, fitting));
  return Math.max(1, Math.ceil(count / Math.max(1, rows)));
}

// Of the element that was shown before: a new round's seats have the place of the last one's. To ask at once would lay out the whole page within the work
// of drawing it, which was the longest task of a round.
let lastWidth = 0;

/** The columns for so many things of a width in an element, as wide as it is at the moment. One element has them at a time. */
export function useColumns(element: RefObject<HTMLElement | null>, count: number, itemPx: number): number {
  const [width, setWidth] = useState(lastWidth);
  useLayoutEffect(() => {
    if (!element.current) return;
    const follow = (found: number) => {
      lastWidth = found;
      setWidth(found);
    };
    const observer = new ResizeObserver(([entry]) => entry && follow(entry.contentRect.width));
    observer.observe(element.current);
    if (lastWidth === 0) follow(element.current.clientWidth);
    return () => observer.disconnect();
  }, [element]);
  return toColumns(count, Math.floor(width / itemPx));
}
