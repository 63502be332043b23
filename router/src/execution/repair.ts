import {
  type DocumentNode,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { invalidResponse, isObject, type SubgraphError } from '../upstream/response.ts';

type Data = Record<string, unknown>;
type Path = readonly (string | number)[];

interface Repairing {
  readonly schema: GraphQLSchema;
  readonly errors: SubgraphError[];
}

/**
 * Puts null in the place of what has another form than the schema says (an object for a list, a string for an object), so that what is
 * joined to it later finds its way. Changes `data`; the errors have the places, as a subgraph would tell them. Leaves are not looked at.
 */
export function repairAnswer(schema: GraphQLSchema, document: DocumentNode, data: Data): readonly SubgraphError[] {
  const [operation] = document.definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return [];
  const root = schema.getRootType(operation.operation);
  const repairing: Repairing = { schema, errors: [] };
  const entities = data['_entities'];
  if (!Array.isArray(entities)) repairObject(repairing, data, root ?? undefined, operation.selectionSet, []);
  else {
    const selection = operation.selectionSet.selections.find((each) => each.kind === Kind.FIELD && each.name.value === '_entities');
    if (selection?.kind !== Kind.FIELD || selection.selectionSet === undefined) return [];
    const { selectionSet } = selection;
    data['_entities'] = entities.map((entity: unknown, index) => {
      const path = ['_entities', index];
      if (entity === null || entity === undefined) return null;
      if (isObject(entity)) return repairEntity(repairing, entity, selectionSet, path);
      repairing.errors.push(toError(path));
      return null;
    });
  }
  return repairing.errors;
}

function repairEntity(repairing: Repairing, entity: Data, selectionSet: SelectionSetNode, path: Path): Data | null {
  const { __typename: typename } = entity;
  if (typename !== undefined && typename !== null && typeof typename !== 'string') {
    repairing.errors.push(toError(path));
    return null;
  }
  repairObject(repairing, entity, typeof typename === 'string' ? repairing.schema.getType(typename) : undefined, selectionSet, path);
  return entity;
}

function repairObject(
  repairing: Repairing,
  object: Data,
  type: GraphQLNamedType | undefined,
  { selections }: SelectionSetNode,
  path: Path,
): void {
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) {
      const key = selection.alias?.value ?? selection.name.value;
      const definition = isObjectType(type) || isInterfaceType(type) ? type.getFields()[selection.name.value] : undefined;
      if (definition === undefined || !Object.hasOwn(object, key)) continue;
      object[key] = repairValue(repairing, object[key], definition.type, selection.selectionSet, [...path, key]);
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      const condition = selection.typeCondition?.name.value;
      const narrowed = condition === undefined ? type : repairing.schema.getType(condition);
      if (applies(repairing.schema, type, narrowed)) repairObject(repairing, object, narrowed, selection.selectionSet, path);
    }
  }
}

/** Whether a fragment on `condition` may speak of an object of this type; one whose type is not known yet might be any. */
function applies(schema: GraphQLSchema, type: GraphQLNamedType | undefined, condition: GraphQLNamedType | undefined): boolean {
  if (type === undefined || type === condition) return true;
  if (isObjectType(type) && isAbstractType(condition)) return schema.isSubType(condition, type);
  return !isObjectType(type);
}

function repairValue(
  repairing: Repairing,
  value: unknown,
  type: GraphQLOutputType,
  selectionSet: SelectionSetNode | undefined,
  path: Path,
): unknown {
  if (value === null || value === undefined) return null;
  if (isNonNullType(type)) return repairValue(repairing, value, type.ofType, selectionSet, path);
  const refuse = (): null => {
    repairing.errors.push(toError(path));
    return null;
  };
  if (isListType(type)) {
    if (!Array.isArray(value)) return refuse();
    const inner = getNullableType(type.ofType);
    if (!isListType(inner) && !isCompositeType(inner)) return value;
    return value.map((each, index) => repairValue(repairing, each, type.ofType, selectionSet, [...path, index]));
  }
  if (!isCompositeType(type)) return value;
  if (!isObject(value) || selectionSet === undefined) return refuse();
  const { __typename: typename } = value;
  if (typename !== undefined && typeof typename !== 'string') return refuse();
  const named = typename === undefined ? type : repairing.schema.getType(typename);
  if (named === undefined || !isCompositeType(named)) return refuse();
  repairObject(repairing, value, named, selectionSet, path);
  return value;
}

function toError(path: Path): SubgraphError {
  return { message: 'The answer has another form than the schema says.', path, extensions: { code: invalidResponse } };
}
