import { readFileSync } from 'node:fs';
import { parse, visit } from 'graphql';
import { describe, expect, it } from 'vitest';
import * as jira from '../subgraphs/jira/src/domain/reasons.ts';
import * as voting from '../subgraphs/voting/src/domain/reasons.ts';
import type { TextKey } from '../web/src/text/catalog.ts';
import { english } from '../web/src/text/english.ts';
import { englishLater } from '../web/src/text/englishLater.ts';
import { languageCodes, languages } from '../web/src/text/languages.ts';
import { sameForPeople } from '../web/src/text/sameErrors.ts';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

/** Codes that nobody meets at the page, and why; people get all others in their own words. */
const notForPeople: Readonly<Record<string, string>> = {
  BAD_REQUEST: 'the page sends JSON',
  CALLER_NOT_ALLOWED: 'between services',
  CURSOR_EXPIRED: 'of the event log, which the page does not read',
  GRAPHQL_PARSE_FAILED: 'the page sends registered operations',
  GRAPHQL_VALIDATION_FAILED: 'the page sends registered operations',
  HOST_NOT_ALLOWED: 'the page would not have been served either',
  INTROSPECTION_DISABLED: 'for explorers',
  OPERATION_RESOLUTION_FAILURE: 'the page sends registered operations',
  OPERATION_TOO_DEEP: 'the page sends registered operations',
  ORIGIN_NOT_ALLOWED: 'between services',
  PERSISTED_QUERY_NOT_SUPPORTED: 'the page uses no hashes of its own',
  SUBSCRIPTION_INVALIDATED: 'the page subscribes again by itself',
  SUBSCRIPTION_TOO_SLOW: 'the page subscribes again by itself',
  SUBSCRIPTION_TRANSPORT_REQUIRED: 'the page subscribes over a socket',
  SUBSCRIPTION_UPSTREAM_LOST: 'the page subscribes again by itself',
  TOO_MANY_ALIASES: 'the page sends registered operations',
  TOO_MANY_ROOT_FIELDS: 'the page sends registered operations',
};

const codes = [...read('docs/errors.md').matchAll(/^\| `([A-Z_]+)` \|/gmu)].map(([, code = '']) => code);

describe.each(languageCodes.map((code) => [languages[code].name, code] as const))('the page in %s', (_name, language) => {
  it.each(codes.filter((code) => !(code in notForPeople)))('has words of its own for the error %s', async (code) => {
    const key = sameForPeople[code] ?? (`error.${code}` as TextKey);
    const said = (await languages[language].load())[key];
    expect(said).toMatch(/\p{L}{3}/u);
    if (language !== 'en') expect(said).not.toBe(english[key]);
  });
});

it('the list of codes that nobody meets at the page names none that is gone', () => {
  expect(Object.keys(notForPeople).filter((code) => !codes.includes(code))).toEqual([]);
});

/** How the page calls the values of an enum, by the beginning of the text's key. */
const namedEnums: Readonly<Record<string, string>> = {
  WriteBackReason: 'writeBack.reason',
  WriteBackState: 'writeBack',
  SuggestionReason: 'suggestion',
  EstimatePolicy: 'policy',
  ItemState: 'item',
  RoundState: 'round',
  SessionState: 'start.state',
  PlannedAction: 'sync',
  IssuePart: 'reworded',
  EstimabilityReason: 'estimability',
};

it.each(Object.entries(namedEnums))('each value of %s has its text', (name, prefix) => {
  const found: string[] = [];
  for (const service of ['voting', 'jira']) {
    visit(parse(read(`subgraphs/${service}/schema.graphql`)), {
      EnumTypeDefinition: (node) => {
        if (node.name.value === name) found.push(...(node.values ?? []).map((value) => value.name.value));
      },
    });
  }
  expect(found.length).toBeGreaterThan(0);
  const keys = found.map((value) => `${prefix}.${value}`);
  expect(keys.filter((key) => !(key in english) && !(key in englishLater))).toEqual([]);
});

/** Each reason with the values that its message has places for, and the services' names of fields. */
const given = { voting: voting.inputReasons, jira: { ...jira.inputReasons, ...jira.jiraReasons } };
const reasons = { ...given.voting, ...given.jira };
const valuesOf = (says: string) => [...new Set([...says.matchAll(/\{(\w+)\}/gu)].map(([, name = '']) => name))].sort();

describe.each(languageCodes.map((code) => [languages[code].name, code] as const))('a refused input in %s', (_name, language) => {
  it.each(Object.entries(reasons))('says %s in words of the page, with no value that does not come', async (reason, says) => {
    const said = String((await languages[language].load())[`reason.${reason}` as TextKey]);
    expect(said).toMatch(/\p{L}{3}|\{said\}/u);
    if (language !== 'en') expect(said).not.toBe(english[`reason.${reason}` as TextKey]);
    expect(valuesOf(says)).toEqual(expect.arrayContaining(valuesOf(said)));
  });

  it.each([...new Set([...voting.inputFields, ...jira.inputFields])])('names the field %s', async (field) => {
    expect((await languages[language].load())[`field.${field}` as TextKey]).toMatch(/\p{L}{2}/u);
  });
});

it('a reason that both services give is said by the same values', () => {
  const shared = Object.keys(voting.inputReasons).filter((reason) => reason in jira.inputReasons) as (keyof typeof reasons)[];
  const told = (of: Readonly<Record<string, string>>) => shared.map((reason) => valuesOf(of[reason] ?? ''));
  expect(shared).not.toEqual([]);
  expect(told(voting.inputReasons)).toEqual(told(jira.inputReasons));
});

it('no text is of a reason or a field that is gone', () => {
  const known = [...Object.keys(reasons).map((reason) => `reason.${reason}`), ...voting.inputFields.map((field) => `field.${field}`)];
  const all = [...known, ...jira.inputFields.map((field) => `field.${field}`)];
  expect(Object.keys(english).filter((key) => /^(?:reason|field)\./u.test(key) && !all.includes(key))).toEqual([]);
});

it('docs/errors.md lists the reasons with their values, in alphabetical order', () => {
  const listed = [...read('docs/errors.md').matchAll(/^- `(\w+)` \(((?:voting|jira|, )+)\): (.*)$/gmu)];
  const rows = listed.map(([, reason = '', from = '', values = '']) => [
    reason,
    from,
    [...values.matchAll(/`(\w+)`/gu)].map(([, name = '']) => name),
  ]);
  const from = (reason: string) => (['voting', 'jira'] as const).filter((service) => reason in given[service]).join(', ');
  const expected = Object.entries(reasons).map(([reason, says]) => [reason, from(reason), valuesOf(says)] as const);
  expect(rows).toEqual(expected.sort(([a], [b]) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)));
});
