/** A vote's answer asks for one item or two: up to so many are looked for, since grouping costs what ten searches do. */
const fewAsked = 8;

/** Finds the rows of a key, in their order. They are grouped once, and not before more than a few keys were asked for. */
export function grouped<Row>(rows: readonly Row[], keyOf: (row: Row) => string): (key: string) => readonly Row[] {
  let groups: ReadonlyMap<string, readonly Row[]> | undefined;
  let asked = 0;
  return (key) => {
    asked += 1;
    if (groups === undefined && asked <= fewAsked) return rows.filter((row) => keyOf(row) === key);
    groups ??= Map.groupBy(rows, keyOf);
    return groups.get(key) ?? [];
  };
}
