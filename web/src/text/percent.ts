/** A share from 0 to 1 as people read it; a dash when there is none to tell. */
export function toPercent(share: number | null): string {
  return share === null ? '–' : `${Math.round(share * 100)} %`;
}
