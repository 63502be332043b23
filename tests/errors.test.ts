import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, visit } from 'graphql';
import { describe, expect, it } from 'vitest';
import { TallyError } from '../client/errors.ts';
import { isPassing } from '../client/retrying.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

type Service = 'voting' | 'jira' | 'router' | 'every';

/** The files that hold a service's closed list of codes. */
const lists: Readonly<Record<Service, readonly string[]>> = {
  voting: ['subgraphs/voting/src/domain/errors.ts'],
  jira: ['subgraphs/jira/src/domain/errors.ts'],
  router: ['router/src/errors.ts'],
  every: ['kit/subgraph/masking.ts', 'kit/process/http.ts', 'kit/subgraph/graphql.ts', 'kit/subgraph/server.ts'],
};
const services = Object.keys(lists) as Service[];

function listedCodes(service: Service): string[] {
  const literals = lists[service].flatMap((path) => [...read(path).matchAll(/'([A-Z]{2,}(?:_[A-Z]+)*)'/g)].map(([, code]) => code ?? ''));
  // The kit's files also name HTTP methods and system errors, in one word each.
  return [...new Set(literals.filter((code) => service !== 'every' || code.includes('_')))].sort();
}

/** The rows of docs/errors.md: a code and who gives it. */
const rows = [...read('docs/errors.md').matchAll(/^\| `([A-Z_]+)` \| ([a-z, ]+) \|/gm)].map(([, code = '', from = '']) => ({
  code,
  from: from.split(', ') as Service[],
}));

/** The codes that an SDL's descriptions announce, behind "Errors:" or "fail with". */
function announcedCodes(service: 'voting' | 'jira'): string[] {
  const codes = new Set<string>();
  visit(parse(read(`subgraphs/${service}/schema.graphql`)), {
    StringValue: ({ value }) => {
      const announcement = /(?:Errors:|fail with)([\s\S]*)/.exec(value)?.[1] ?? '';
      // Before the full stop: what follows may explain a value such as WRITTEN.
      for (const [code] of announcement.replace(/\.\s[\s\S]*/, '').matchAll(/\b[A-Z]{5,}(?:_[A-Z]+)*\b|\b[A-Z]+(?:_[A-Z]+)+\b/g))
        codes.add(code);
    },
  });
  return [...codes].sort();
}

describe('docs/errors.md', () => {
  it.each(services)('has exactly the codes that "%s" can give', (service) => {
    const documented = rows.filter(({ from }) => from.includes(service)).map(({ code }) => code);
    expect(documented.sort()).toEqual(listedCodes(service));
  });

  it('has every code once, in alphabetical order', () => {
    const codes = rows.map(({ code }) => code);
    expect(codes).toEqual([...new Set(codes)].sort());
  });
});

describe.each(['voting', 'jira'] as const)('the SDL of %s', (service) => {
  it('announces only codes that the service has', () => {
    const known = listedCodes(service);
    expect(announcedCodes(service).filter((code) => !known.includes(code))).toEqual([]);
  });

  it('mentions every code that the service has', () => {
    const sdl = read(`subgraphs/${service}/schema.graphql`);
    // Given to those who go round the router, before any field is looked at.
    const beforeGraphql = ['CALLER_NOT_ALLOWED'];
    expect(listedCodes(service).filter((code) => !new RegExp(`\\b${code}\\b`).test(sdl) && !beforeGraphql.includes(code))).toEqual([]);
  });
});

it('the typed client tries again by itself exactly where docs/errors.md tells whoever asked to', () => {
  const advised = [
    ...read('docs/errors.md').matchAll(
      /^\| `([A-Z_]+)` \|.*\| (?:try again|connect again|subscribe again)(?: in a moment| from the last cursor|, with .*)? \|$/gm,
    ),
  ];
  const tried = rows.map(({ code }) => code).filter((code) => isPassing(new TallyError(code, 'As in the table.')));
  expect(tried).toEqual(advised.map(([, code]) => code));
});
