/** What the router can answer with. */
export type Answerable = 'application/json' | 'application/graphql-response+json' | 'text/event-stream' | 'multipart/mixed';

interface Range {
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly quality: number;
}

/** In the order of our liking, for clients that do not care. */
const ours: readonly Answerable[] = ['application/json', 'application/graphql-response+json', 'text/event-stream', 'multipart/mixed'];

/**
 * What a client accepts of ours, best first: by quality, then by the order in which it names them (RFC 9110, 12.5.1; the order is what clients
 * without qualities mean by it). A quality of 0 excludes. Streams are given only to those who name them.
 */
export function readAccepted(accept: string | undefined): readonly Answerable[] {
  if (accept === undefined) return onlyJson;
  const known = read.get(accept);
  if (known !== undefined) return known;
  const accepted = readRanges(accept);
  // Clients have few, each its own; whoever sends others is not remembered.
  if (read.size < mostRead && accept.length <= longestRead) read.set(accept, accepted);
  return accepted;
}

const onlyJson: readonly Answerable[] = ['application/json'];
const read = new Map<string, readonly Answerable[]>();
const mostRead = 100;
const longestRead = 200;

function readRanges(accept: string): readonly Answerable[] {
  // Empty elements of the list say nothing (RFC 9110, 5.6.1.2).
  const ranges = accept
    .split(',')
    .map(toRange)
    .filter(({ type }) => type !== '');
  if (ranges.length === 0) return onlyJson;
  const found = ours.flatMap((type) => {
    const best = ranges
      .map((range, position) => ({ position, quality: range.quality, specificity: specificityFor(type, range) }))
      .filter(({ specificity }) => specificity > 0)
      .sort((a, b) => b.specificity - a.specificity)[0];
    return best === undefined || best.quality <= 0 ? [] : [{ type, ...best }];
  });
  return found.sort((a, b) => b.quality - a.quality || a.position - b.position).map(({ type }) => type);
}

/** How closely a range names a type; 0: not at all. */
function specificityFor(type: Answerable, { type: range, parameters }: Range): number {
  if (range === type) return type !== 'multipart/mixed' || parameters.get('subscriptionspec') === '1.0' ? 3 : 0;
  if (!type.startsWith('application/')) return 0;
  if (range === 'application/*') return 2;
  return range === '*/*' ? 1 : 0;
}

function toRange(text: string): Range {
  const [type = '', ...rest] = text.split(';').map((part) => part.trim());
  const parameters = new Map(
    rest.map((part): [string, string] => {
      const [name = '', ...value] = part.split('=');
      return [
        name.trim().toLowerCase(),
        value
          .join('=')
          .trim()
          .replace(/^"(.*)"$/, '$1'),
      ];
    }),
  );
  const weight = parameters.get('q') ?? '';
  // One that is no number from 0 on is as good as none.
  const quality = /^(\d+\.?\d*|\.\d+)$/.test(weight) ? Math.min(1, Number(weight)) : 1;
  return { type: type.toLowerCase(), parameters, quality };
}
