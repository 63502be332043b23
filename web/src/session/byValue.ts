interface Played {
  readonly participant: { readonly id: string };
  readonly track: string;
  readonly card: { readonly label: string } | null;
}

interface Revealed {
  readonly roster: readonly { readonly id: string }[];
  readonly votes: readonly Played[];
  readonly deck: { readonly cards: readonly { readonly label: string }[] };
}

/** Somebody's seat among those who played the same. */
export interface SeatByValue {
  readonly id: string;
  /** On the first seat of those who played the same cards: these, and how many people did; nobody is counted who played none. */
  readonly group: { readonly cards: readonly { readonly track: string; readonly label: string }[]; readonly count: number } | undefined;
}

/**
 * The roster by the cards that were played, the lowest first, in order of the tracks: who plays the first track comes before who plays the second
 * only, and who has played nothing comes last. Those who played the same in every track sit together.
 */
export function toSeatsByValue({ roster, votes, deck }: Revealed, tracks: readonly { readonly id: string }[]): readonly SeatByValue[] {
  const places = new Map(deck.cards.map((card, index) => [card.label, index]));
  const seats = roster.map(({ id }) => {
    const cards = tracks.flatMap((track) => {
      const label = votes.find((vote) => vote.participant.id === id && vote.track === track.id)?.card?.label;
      return label === undefined ? [] : [{ track: track.id, label }];
    });
    const placeIn = (track: string) => {
      const label = cards.find((card) => card.track === track)?.label;
      return label === undefined ? deck.cards.length + 1 : (places.get(label) ?? deck.cards.length);
    };
    return { id, cards, key: JSON.stringify(cards), order: tracks.map((track) => placeIn(track.id)) };
  });
  const counts = Map.groupBy(seats, ({ key }) => key);
  const sorted = seats.toSorted((one, other) => compare(one.order, other.order));
  return sorted.map(({ id, cards, key }, place) => ({
    id,
    group: cards.length === 0 || key === sorted[place - 1]?.key ? undefined : { cards, count: counts.get(key)?.length ?? 0 },
  }));
}

function compare(one: readonly number[], other: readonly number[]): number {
  const at = one.findIndex((place, index) => place !== other[index]);
  return at === -1 ? 0 : (one[at] ?? 0) - (other[at] ?? 0);
}
