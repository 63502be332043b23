/** What somebody is shown as. */
export interface Look {
  readonly emoji: string;
  readonly tint: number;
}

const key = 'tally.avatar';

/** The same text for the same look; it is also how this device keeps one. */
export function toLookText({ emoji, tint }: Look): string {
  return `${emoji}${tint}`;
}

/** The avatar that one chose last, on this device; undefined while one has chosen none. */
export function findOwnAvatar(): Look | undefined {
  const kept = localStorage.getItem(key);
  return kept === null ? undefined : { emoji: kept.slice(0, -1), tint: Number(kept.slice(-1)) };
}

export function keepOwnAvatar(look: Look): void {
  localStorage.setItem(key, toLookText(look));
}
