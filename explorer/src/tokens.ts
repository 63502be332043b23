/** A participant's token, as an answer brought it. */
export interface Found {
  readonly token: string;
  /** Whose it is; where the answer does not say so, the mutation that brought it. */
  readonly owner: string;
}

/** The tokens that an answer carries, e.g. that of `createSession` or `joinSession`. */
export function findTokens(data: unknown): readonly Found[] {
  if (typeof data !== 'object' || data === null) return [];
  return Object.entries(data).flatMap(([name, field]) => {
    if (typeof field !== 'object' || field === null) return [];
    const { token, participant } = field as { readonly token?: unknown; readonly participant?: { readonly name?: unknown } | null };
    if (typeof token !== 'string') return [];
    return [{ token, owner: typeof participant?.name === 'string' ? participant.name : name }];
  });
}
