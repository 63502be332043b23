interface Look {
  readonly emoji: string;
  readonly tint: number;
}

const key = 'tally.avatar';

/** The avatar that one chose last, on this device; undefined while one has chosen none. */
export function findOwnAvatar(): Look | undefined {
  const kept = localStorage.getItem(key);
  return kept === null ? undefined : { emoji: kept.slice(0, -1), tint: Number(kept.slice(-1)) };
}

export function keepOwnAvatar({ emoji, tint }: Look): void {
  localStorage.setItem(key, `${emoji}${tint}`);
}
