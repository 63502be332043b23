import {
  BREAK,
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';

/** Whether a document has `@skip` or `@include` at all, and the variables that decide them. */
export interface Conditions {
  readonly variables: readonly string[];
}

const names: ReadonlySet<string> = new Set(['skip', 'include']);
const deferring: ReadonlySet<string> = new Set(['defer', 'stream']);

/** Whether a directive says if or when something is answered; every other is for the subgraphs, and changes no answer here. */
export const isOfExecution = ({ name }: DirectiveNode): boolean => names.has(name.value) || deferring.has(name.value);

/** Undefined without conditions. */
export function readConditions(document: DocumentNode): Conditions | undefined {
  const variables = new Set<string>();
  let isFound = false;
  visit(document, {
    Directive: ({ name, arguments: given = [] }) => {
      if (!names.has(name.value)) return;
      isFound = true;
      for (const { value } of given) if (value.kind === Kind.VARIABLE) variables.add(value.name.value);
    },
    SchemaDefinition: () => BREAK,
  });
  return isFound ? { variables: [...variables] } : undefined;
}

/** The value of each variable of the conditions, in one word: equal for all requests that leave the same of a document. */
export function decide(
  { variables }: Conditions,
  { variableDefinitions = [] }: OperationDefinitionNode,
  given: Readonly<Record<string, unknown>>,
): ReadonlyMap<string, boolean> {
  return new Map(
    variables.map((name) => {
      const fallback = variableDefinitions.find(({ variable }) => variable.name.value === name)?.defaultValue;
      const value = given[name] ?? (fallback?.kind === Kind.BOOLEAN ? fallback.value : false);
      return [name, value === true];
    }),
  );
}

/**
 * What is left of a document when its conditions are decided: no `@skip` and no `@include`. The planner keeps conditions in its plans, where one that is
 * false takes along what others need: an entity's fetch is lost with a required field that was skipped. `filler` takes the place of a selection of which
 * nothing is left, which is `{}` in the answer.
 */
export function withoutConditions(document: DocumentNode, decided: ReadonlyMap<string, boolean>, filler: FieldNode): DocumentNode {
  const holds = ({ name, arguments: given = [] }: DirectiveNode): boolean => {
    const condition = given.find((each) => each.name.value === 'if')?.value;
    const value =
      condition?.kind === Kind.VARIABLE ? decided.get(condition.name.value) === true : condition?.kind === Kind.BOOLEAN && condition.value;
    return name.value === 'skip' ? !value : value;
  };
  const leave = <Node extends SelectionNode>(node: Node): Node | null | undefined => {
    const conditions = (node.directives ?? []).filter(({ name }) => names.has(name.value));
    if (conditions.length === 0) return undefined;
    if (!conditions.every(holds)) return null;
    return { ...node, directives: (node.directives ?? []).filter(({ name }) => !names.has(name.value)) };
  };
  return visit(document, {
    Field: { enter: leave },
    InlineFragment: { enter: leave },
    FragmentSpread: { enter: leave },
    SelectionSet: {
      leave: (node: SelectionSetNode) => (node.selections.length === 0 ? { ...node, selections: [filler] } : undefined),
    },
  });
}
