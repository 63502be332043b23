import { type ASTNode, type DocumentNode, Kind } from 'graphql';
import { RouterError } from '../errors.ts';

/** Selection sets and values inside each other; inline fragments count, since each of them is a call on the stack of whoever reads it. */
const deepestNesting = 100;
/** Characters of an alias, a name, or a variable's name: each comes back once for each row of a list. */
const longestName = 100;
/** Variables by which parts are left out: the planner thinks about each combination. */
const mostConditions = 16;
const mostFragments = 100;
/** Fields of one response key that are compared with each other to see whether they can be merged. */
const mostComparisons = 40_000;

/**
 * Why a document is not worth reading any further; undefined when it is. One pass without recursion, before validation, whose time grows with
 * the square of what is counted here.
 */
export function findOutlineExcess(document: DocumentNode): RouterError | undefined {
  const countsByKey = new Map<string, number>();
  const conditions = new Set<string>();
  let comparisons = 0;
  let fragments = 0;
  const stack: { readonly node: ASTNode; readonly depth: number }[] = [];
  const push = (nodes: readonly ASTNode[] | undefined, depth: number): void => {
    for (const node of nodes ?? []) stack.push({ node, depth });
  };
  push(document.definitions, 0);
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { node, depth } = next;
    if (depth > deepestNesting) return tooMuch('OPERATION_TOO_DEEP', 'levels', depth, deepestNesting);
    switch (node.kind) {
      case Kind.NAME:
        if (node.value.length > longestName) return tooMuch('OPERATION_TOO_LARGE', 'characters in a name', node.value.length, longestName);
        break;
      case Kind.OPERATION_DEFINITION:
        push(node.name === undefined ? [] : [node.name], depth);
        push(node.variableDefinitions, depth);
        push(node.directives, depth);
        push(node.selectionSet.selections, depth + 1);
        break;
      case Kind.FRAGMENT_DEFINITION:
        fragments += 1;
        push([node.name, node.typeCondition.name], depth);
        push(node.directives, depth);
        push(node.selectionSet.selections, depth + 1);
        break;
      case Kind.FIELD: {
        const key = node.alias?.value ?? node.name.value;
        const count = countsByKey.get(key) ?? 0;
        countsByKey.set(key, count + 1);
        comparisons += count;
        push(node.alias === undefined ? [node.name] : [node.alias, node.name], depth);
        push(node.arguments, depth);
        push(node.directives, depth);
        push(node.selectionSet?.selections, depth + 1);
        break;
      }
      case Kind.INLINE_FRAGMENT:
        push(node.typeCondition === undefined ? [] : [node.typeCondition.name], depth);
        push(node.directives, depth);
        push(node.selectionSet.selections, depth + 1);
        break;
      case Kind.FRAGMENT_SPREAD:
        push([node.name], depth);
        push(node.directives, depth);
        break;
      case Kind.DIRECTIVE:
        push([node.name], depth);
        for (const { value } of node.arguments ?? []) if (value.kind === Kind.VARIABLE) conditions.add(value.name.value);
        push(node.arguments, depth);
        break;
      case Kind.VARIABLE_DEFINITION:
        push([node.variable.name, ...(node.defaultValue === undefined ? [] : [node.defaultValue])], depth);
        push(node.directives, depth);
        break;
      case Kind.ARGUMENT:
      case Kind.OBJECT_FIELD:
        push([node.name, node.value], depth);
        break;
      case Kind.VARIABLE:
        push([node.name], depth);
        break;
      case Kind.LIST:
        push(node.values, depth + 1);
        break;
      case Kind.OBJECT:
        push(node.fields, depth + 1);
        break;
      default:
    }
    if (comparisons > mostComparisons)
      return tooMuch('OPERATION_TOO_COSTLY', 'pairs of fields under one name', comparisons, mostComparisons);
    if (fragments > mostFragments) return tooMuch('OPERATION_TOO_COSTLY', 'fragments', fragments, mostFragments);
    if (conditions.size > mostConditions)
      return tooMuch('OPERATION_TOO_COSTLY', 'variables in conditions', conditions.size, mostConditions);
  }
  return undefined;
}

function tooMuch(code: 'OPERATION_TOO_DEEP' | 'OPERATION_TOO_LARGE' | 'OPERATION_TOO_COSTLY', what: string, actual: number, limit: number) {
  return new RouterError(code, `The operation has ${actual} ${what} or more; ${limit} are allowed.`, { limit, actual });
}
