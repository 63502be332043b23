import { expect, it } from 'vitest';
import { readAccepted } from './negotiation.ts';

const json = 'application/json';
const graphql = 'application/graphql-response+json';
const sse = 'text/event-stream';

it.each<readonly [string | undefined, readonly string[]]>([
  [undefined, [json]],
  ['', [json]],
  ['*/*', [json, graphql]],
  ['application/*', [json, graphql]],
  [json, [json]],
  [`${graphql}, ${json};q=0.9`, [graphql, json]],
  [`${json};q=0.5, ${graphql}`, [graphql, json]],
  [`${json};q=0, */*`, [graphql]],
  [`${sse};q=0, ${json}`, [json]],
  [sse, [sse]],
  [`${sse};q=0.9, ${json}`, [json, sse]],
  // urql's default.
  [`${graphql}, application/graphql+json, ${json}, ${sse}, multipart/mixed`, [graphql, json, sse]],
  // Apollo Client's for subscriptions.
  ['multipart/mixed;boundary=graphql;subscriptionSpec=1.0,application/json', ['multipart/mixed', json]],
  ['multipart/mixed;subscriptionSpec="1.0"', ['multipart/mixed']],
  ['multipart/mixed;deferSpec=20220824', []],
  ['text/html, image/*', []],
  ['APPLICATION/JSON ; Q=1', [json]],
  ['application/json;q=nonsense', [json]],
  ['application/json;q=', [json]],
  ['application/json;q=-1', [json]],
  ['application/json;q=0.000', []],
  [`${json};q=1.5, ${graphql};q=1`, [json, graphql]],
  [`${json};q=0.5, ${graphql};q=0.5`, [json, graphql]],
  [', ,;', [json]],
  [`,${graphql},`, [graphql]],
])('%s is read as %j', (accept, expected) => {
  expect(readAccepted(accept)).toEqual(expected);
});
