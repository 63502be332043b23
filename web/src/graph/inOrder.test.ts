import { ApolloLink, execute, gql, Observable } from '@apollo/client';
import { expect, test } from 'vitest';
import { afterTheOthers, createOrder } from './inOrder.ts';

const document = gql`mutation Act($name: String!, $idempotencyKey: ID) { act(name: $name, idempotencyKey: $idempotencyKey) }`;

/** A network whose answers are given by hand, and what was sent over it. */
function createNetwork() {
  const sent: string[] = [];
  const answers = new Map<string, (result: ApolloLink.Result) => void>();
  const order = createOrder();
  const link = ApolloLink.from([
    order.link,
    new ApolloLink(
      ({ variables }) =>
        new Observable((observer) => {
          sent.push(variables['name']);
          answers.set(variables['name'], (result) => {
            observer.next(result);
            observer.complete();
          });
        }),
    ),
  ]);
  const act = (name: string, { context = {}, isAction = true } = {}) =>
    new Promise<ApolloLink.Result>((resolve, reject) => {
      const variables = { name, ...(isAction && { idempotencyKey: name }) };
      const client = undefined as unknown as Parameters<typeof execute>[2]['client'];
      execute(link, { query: document, variables, context }, { client }).subscribe({ next: resolve, error: reject });
    });
  return { sent, answer: (name: string, result: ApolloLink.Result = { data: {} }) => answers.get(name)?.(result), act, order };
}

const refusal = { data: null, errors: [{ message: 'no' }] };
const settled = () => new Promise((resolve) => setTimeout(resolve));

test('an action is sent when the one before it has its answer', async () => {
  const { sent, answer, act, order } = createNetwork();
  const both = Promise.all([act('first'), act('second')]);
  await settled();
  expect(sent).toEqual(['first']);
  answer('first');
  await settled();
  expect(sent).toEqual(['first', 'second']);
  answer('second');
  await both;
  await order.whenDone();
});

test('what is no action passes at once', async () => {
  const { sent, act } = createNetwork();
  void act('first');
  void act('sign of life', { isAction: false });
  await settled();
  expect(sent).toEqual(['sign of life', 'first']);
});

test('an action that leans on one that failed is not sent, and fails like it; others go on', async () => {
  const { sent, answer, act } = createNetwork();
  const first = act('settle');
  const leaning = act('start', { context: afterTheOthers });
  const other = act('vote');
  await settled();
  answer('settle', refusal);
  expect(await Promise.all([first, leaning])).toEqual([refusal, refusal]);
  await settled();
  answer('vote');
  await other;
  expect(sent).toEqual(['settle', 'vote']);
});

test('a failure that was answered before is no reason to refuse', async () => {
  const { sent, answer, act } = createNetwork();
  const first = act('settle');
  await settled();
  answer('settle', refusal);
  await first;
  await settled();
  const later = act('start', { context: afterTheOthers });
  await settled();
  answer('start');
  await later;
  expect(sent).toEqual(['settle', 'start']);
});
