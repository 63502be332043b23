/** A device's clock may be minutes off; below this it is what the header leaves out, and the way here. */
const noticedMs = 2_000;

let aheadMs = 0;

/** Learns the router's time from the `date` header of an answer. */
export function learnTime(date: string | null): void {
  const said = Date.parse(date ?? '');
  if (Number.isNaN(said)) return;
  // The header leaves out the milliseconds: a timer had better show a second too few than one too many.
  const difference = said + 999 - Date.now();
  aheadMs = Math.abs(difference) > noticedMs ? difference : 0;
}

/** Milliseconds since 1970 by the router's clock, with which deadlines are to be compared. */
export function now(): number {
  return Date.now() + aheadMs;
}
