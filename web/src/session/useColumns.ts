import { type RefObject, useLayoutEffect, useState } from 'react';

/** In how many columns so many things lie in rows of equal length: eight are one row, or 4 + 4, never 7 + 1. */
export function toColumns(count: number, fitting: number): number {
  const rows = Math.ceil(count / Math.max(1, fitting));
  return Math.max(1, Math.ceil(count / Math.max(1, rows)));
}

/** The columns for so many things of a width in an element, as wide as it is at the moment. */
export function useColumns(element: RefObject<HTMLElement | null>, count: number, itemPx: number): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(([entry]) => entry && setWidth(entry.contentRect.width));
    observer.observe(element.current);
    setWidth(element.current.clientWidth);
    return () => observer.disconnect();
  }, [element]);
  return toColumns(count, Math.floor(width / itemPx));
}
