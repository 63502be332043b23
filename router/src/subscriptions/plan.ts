import type { FetchNode, QueryPlan } from '@apollo/query-planner';
import {
  type DocumentNode,
  type FieldNode,
  GraphQLError,
  getArgumentValues,
  getNamedType,
  isObjectType,
  Kind,
  parseType,
  print,
  stripIgnoredCharacters,
  validate,
  visit,
} from 'graphql';
import { findVariableErrors } from '../execution/executor.ts';
import type { Stream, StreamKind } from '../planning/declarations.ts';
import type { Graph, PlannedOperation } from '../planning/graph.ts';

/** How one subscription runs: what to subscribe to upstream, and how each event becomes a payload. */
export interface SubscriptionPlan {
  readonly planned: PlannedOperation;
  readonly stream: Stream;
  readonly kind: StreamKind;
  readonly fieldName: string;
  /** The key of the one root field in payloads. */
  readonly responseKey: string;
  readonly primary: FetchNode;
  /** The same as a query's plan; its first fetch is the event. */
  readonly eventPlan: QueryPlan;
  /** The same text for all spellings of one operation. */
  readonly normalised: string;
  /** The client's variable that is the cursor and nothing else: subscribers who differ in it only can share. */
  readonly ownCursorVariable: string | undefined;
  /** Names of our own in the operation sent upstream, which the client's document does not have. */
  readonly cursorVariable: string;
  readonly revisionAlias: string;
}

const plans = new WeakMap<PlannedOperation, SubscriptionPlan>();

/**
 * The plan of a valid subscription operation.
 *
 * @throws GraphQLError GRAPHQL_VALIDATION_FAILED for @skip or @include on the root field: without it there is nothing to follow.
 */
export function planSubscription(planned: PlannedOperation): SubscriptionPlan {
  const known = plans.get(planned);
  if (known !== undefined) return known;
  const { field, stream } = readRoot(planned);
  const { kind } = stream;
  const cursorVariable = unusedName('tallyAfter', planned.document);
  const revisionAlias = unusedName('tallyCursor', planned.document);
  // Planned from a copy that also asks for the revision, and shaped by the client's own document.
  const copy = withRevision(planned, field, { kind, cursorVariable, revisionAlias });
  const sent = copy === undefined ? planned : planned.graph.plan(copy, planned.operationName, `cursor\n${print(planned.document)}`);
  const node = sent.queryPlan.node;
  if (node?.kind !== 'Subscription') throw new Error(`Expected a subscription's plan, got ${node?.kind ?? 'nothing'}.`);
  const plan: SubscriptionPlan = {
    planned,
    stream,
    kind,
    fieldName: field.name.value,
    responseKey: field.alias?.value ?? field.name.value,
    primary: node.primary,
    eventPlan: { kind: 'QueryPlan', node: { kind: 'Sequence', nodes: [node.primary, ...(node.rest === undefined ? [] : [node.rest])] } },
    normalised: `${planned.operationName ?? ''}\n${stripIgnoredCharacters(print(planned.document))}`,
    ownCursorVariable: kind.kind === 'cursor' ? findOwnCursorVariable(planned.document, field, kind.argument) : undefined,
    cursorVariable,
    revisionAlias,
  };
  plans.set(planned, plan);
  return plan;
}

/**
 * The same subscription's plan on another graph.
 *
 * @throws GraphQLError saying why it does not fit.
 */
export function planAgain(graph: Graph, plan: SubscriptionPlan, variables: Readonly<Record<string, unknown>>): SubscriptionPlan {
  const { graph: before, document, operationName } = plan.planned;
  if (before === graph) return plan;
  const [invalid] = validate(graph.schema, document);
  if (invalid !== undefined) throw invalid;
  const planned = graph.plan(document, operationName, plan.normalised);
  const [wrong] = findVariableErrors({ planned, variables }) ?? [];
  if (wrong !== undefined) throw wrong;
  return planSubscription(planned);
}

/**
 * What a subscription follows, before anything is planned.
 *
 * @throws GraphQLError as `planSubscription`.
 */
export function readRoot({ graph, document, operation }: PlannedOperation): { readonly field: FieldNode; readonly stream: Stream } {
  const field = findRootField(document, operation.selectionSet.selections[0]);
  return { field, stream: graph.declarations.streamOf(field.name.value) };
}

/** The values of the root field's arguments. */
export function rootArguments(
  { graph }: PlannedOperation,
  field: FieldNode,
  variables: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const definition = graph.schema.getSubscriptionType()?.getFields()[field.name.value];
  return definition === undefined ? {} : getArgumentValues(definition, field, variables);
}

type Selection = PlannedOperation['operation']['selectionSet']['selections'][number];

function findRootField(document: DocumentNode, selection: Selection | undefined): FieldNode {
  if (selection?.directives?.some(({ name }) => name.value === 'skip' || name.value === 'include') === true) {
    throw new GraphQLError('The field of a subscription cannot be skipped.', { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } });
  }
  if (selection?.kind === Kind.FIELD) return selection;
  if (selection?.kind === Kind.INLINE_FRAGMENT) return findRootField(document, selection.selectionSet.selections[0]);
  const name = selection?.name.value;
  const fragment = document.definitions.find(
    (definition) => definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === name,
  );
  if (fragment?.kind !== Kind.FRAGMENT_DEFINITION) throw new Error('A valid subscription has one root field.');
  return findRootField(document, fragment.selectionSet.selections[0]);
}

/** A name that a document does not use yet. */
function unusedName(wanted: string, document: DocumentNode): string {
  const used = new Set<string>();
  visit(document, { Name: ({ value }) => void used.add(value) });
  let name = wanted;
  for (let count = 2; used.has(name); count += 1) name = `${wanted}${count}`;
  return name;
}

interface Additions {
  readonly kind: StreamKind;
  readonly cursorVariable: string;
  readonly revisionAlias: string;
}

/**
 * The document with the revision of each event selected; in a cursor stream also with its argument as a variable that the router sets.
 * Undefined when its events have no revision.
 */
function withRevision(
  { graph, document }: PlannedOperation,
  root: FieldNode,
  { kind, cursorVariable, revisionAlias }: Additions,
): DocumentNode | undefined {
  const field = kind.kind === 'cursor' ? kind.field : findRevisionField(graph, root.name.value);
  if (field === undefined) return undefined;
  const variable = { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: cursorVariable } } as const;
  const given = kind.kind === 'cursor' ? kind.argument : undefined;
  return visit(document, {
    OperationDefinition: (node) =>
      given === undefined
        ? undefined
        : {
            ...node,
            variableDefinitions: [
              ...(node.variableDefinitions ?? []),
              { kind: Kind.VARIABLE_DEFINITION, variable, type: parseType('Int', { noLocation: true }) },
            ],
          },
    Field: (node) =>
      node !== root
        ? undefined
        : {
            ...node,
            arguments:
              given === undefined
                ? (node.arguments ?? [])
                : [
                    ...(node.arguments ?? []).filter(({ name }) => name.value !== given),
                    { kind: Kind.ARGUMENT, name: { kind: Kind.NAME, value: given }, value: variable },
                  ],
            selectionSet: {
              kind: Kind.SELECTION_SET,
              selections: [
                ...(node.selectionSet?.selections ?? []),
                { kind: Kind.FIELD, alias: { kind: Kind.NAME, value: revisionAlias }, name: { kind: Kind.NAME, value: field } },
              ],
            },
          },
  });
}

/** The field of a stream's events that has the session's revision, when departures are told by it. */
function findRevisionField(graph: Graph, fieldName: string): string | undefined {
  const revision = graph.declarations.departures?.cursor.field;
  const event = getNamedType(graph.schema.getSubscriptionType()?.getFields()[fieldName]?.type);
  return revision !== undefined && isObjectType(event) && event.getFields()[revision] !== undefined ? revision : undefined;
}

function findOwnCursorVariable(document: DocumentNode, root: FieldNode, argument: string): string | undefined {
  const value = root.arguments?.find(({ name }) => name.value === argument)?.value;
  if (value?.kind !== Kind.VARIABLE) return undefined;
  let uses = 0;
  visit(document, {
    VariableDefinition: () => false,
    Variable: (node) => {
      if (node.name.value === value.name.value) uses += 1;
    },
  });
  return uses === 1 ? value.name.value : undefined;
}
