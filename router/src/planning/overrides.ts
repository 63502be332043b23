import { type DocumentNode, Kind, visit } from 'graphql';

/** Which of the fields that are on their way to another subgraph (`@override` with a label) are asked of the new one, by label. */
export type Labels = ReadonlyMap<string, boolean>;

/** The labels of a supergraph. */
export interface Overrides {
  readonly isEmpty: boolean;
  /** What holds when no request decides: fields that move by percent stay where they were. */
  readonly resting: Labels;
  /** Decides for one request; `random` is from 0 up to 1, and is asked once for each label that moves by percent. */
  readonly decide: (random: () => number) => Labels;
}

/** Reads a supergraph. `percent(x)` moves that part of all requests; any other label holds when it is one of `held`. */
export function readOverrides(supergraph: DocumentNode, held: ReadonlySet<string>): Overrides {
  const labels = new Set<string>();
  visit(supergraph, {
    Directive: ({ name, arguments: given = [] }) => {
      if (name.value !== 'join__field') return;
      for (const { name: argument, value } of given)
        if (argument.value === 'overrideLabel' && value.kind === Kind.STRING) labels.add(value.value);
    },
  });
  const decideBy = (random: () => number): Labels =>
    new Map(
      [...labels].map((label) => {
        const percent = /^percent\(([\d.]+)\)$/.exec(label)?.[1];
        return [label, percent === undefined ? held.has(label) : random() * 100 < Number(percent)];
      }),
    );
  return { isEmpty: labels.size === 0, resting: decideBy(() => 1), decide: decideBy };
}
