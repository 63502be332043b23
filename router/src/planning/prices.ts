import type { Directive, Schema, SchemaElement } from '@apollo/federation-internals';
import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

/** How many objects a field brings. */
export interface ListSize {
  /** What counts when no slicing argument is given. */
  readonly assumed: number;
  /** Arguments that say how many there are: a number is taken as it is, a list by its length. */
  readonly slicedBy: readonly string[];
  readonly needsOneSlice: boolean;
  /** The lists inside the field's object that have this size; undefined when the field is the list itself. */
  readonly sizedFields: ReadonlySet<string> | undefined;
}

/** What one field costs before anything is known of its arguments. */
export interface Price {
  /** Of the field's value once, without its selections. */
  readonly weight: number;
  readonly size: ListSize | undefined;
  /** What the values of those arguments add that cost something. */
  readonly ofArguments: ReadonlyMap<string, (value: unknown) => number>;
}

/** The price of a field by its type's name and its own; undefined for fields that clients do not see. */
export type Prices = (typeName: string, fieldName: string) => Price | undefined;

/** The weight of composite values, and the length of lists, of which the supergraph says nothing. */
const compositeWeight = 1;
const mutationWeight = 10;
const assumedLength = 10;
const impliedSlices = new Set(['first', 'last', 'limit']);

/**
 * Reads @cost and @listSize of the supergraph (https://specs.apollo.dev/cost/v0.1). Without them objects cost 1, leaves nothing, a mutation's
 * field 10, and a list has 10 entries, unless an argument `first`, `last` or `limit`, or a list among the arguments, says how many.
 */
export function readPrices(supergraph: Schema, schema: GraphQLSchema): Prices {
  const feature = supergraph.coreFeatures?.getByIdentity('https://specs.apollo.dev/cost');
  const directiveOf = (name: string, element: unknown): Readonly<Record<string, unknown>> | undefined => {
    if (feature === undefined || element === undefined) return undefined;
    // Elements of a supergraph carry whatever directives it has; the types of federation-internals know the built-in ones only.
    const [applied] = (element as SchemaElement<never, never>).appliedDirectivesOf(feature.directiveNameInSchema(name)) as Directive[];
    return applied?.arguments(true);
  };
  const weightOf = (element: unknown): number | undefined => {
    const { weight } = directiveOf('cost', element) ?? {};
    return typeof weight === 'number' ? weight : undefined;
  };
  const elementOf = (coordinate: string): unknown => supergraph.elementByCoordinate(coordinate);
  const ofValue = (type: GraphQLInputType, value: unknown): number => {
    if (value === null || value === undefined) return 0;
    if (isNonNullType(type)) return ofValue(type.ofType, value);
    if (isListType(type))
      return (Array.isArray(value) ? value : [value]).reduce((sum: number, each) => sum + ofValue(type.ofType, each), 0);
    if (!isInputObjectType(type)) return weightOf(elementOf(type.name)) ?? 0;
    return Object.values(type.getFields()).reduce((sum, { name, type: fieldType }) => {
      const inner = (value as Readonly<Record<string, unknown>>)[name];
      if (inner === undefined || inner === null) return sum;
      return sum + (weightOf(elementOf(`${type.name}.${name}`)) ?? ofValue(fieldType, inner));
    }, compositeWeight);
  };
  const toPrice = (typeName: string, field: GraphQLField<unknown, unknown>): Price => {
    const coordinate = `${typeName}.${field.name}`;
    const named = getNamedType(field.type);
    const usual = typeName === schema.getMutationType()?.name ? mutationWeight : isCompositeType(named) ? compositeWeight : 0;
    const ofArguments = field.args.flatMap(({ name, type }): Array<[string, (value: unknown) => number]> => {
      const weight = weightOf(elementOf(`${coordinate}(${name}:)`));
      if (weight !== undefined) return [[name, (value) => (value === undefined || value === null ? 0 : weight)]];
      const isFree = !isInputObjectType(getNamedType(type)) && weightOf(elementOf(getNamedType(type).name)) === undefined;
      return isFree ? [] : [[name, (value) => ofValue(type, value)]];
    });
    return {
      weight: weightOf(elementOf(coordinate)) ?? weightOf(elementOf(named.name)) ?? usual,
      size: toListSize(field, directiveOf('listSize', elementOf(coordinate))),
      ofArguments: new Map(ofArguments),
    };
  };
  const prices = new Map<string, Price>();
  return (typeName, fieldName) => {
    const key = `${typeName}.${fieldName}`;
    const known = prices.get(key);
    if (known !== undefined) return known;
    const type = schema.getType(typeName);
    const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[fieldName] : undefined;
    if (field === undefined) return undefined;
    const price = toPrice(typeName, field);
    prices.set(key, price);
    return price;
  };
}

function toListSize(field: GraphQLField<unknown, unknown>, directive: Readonly<Record<string, unknown>> | undefined): ListSize | undefined {
  const isList = isListType(getNullableType(field.type));
  if (directive === undefined) return impliedSize(field, isList);
  const { assumedSize, slicingArguments, sizedFields, requireOneSlicingArgument } = directive;
  const slicedBy = (slicingArguments ?? []) as readonly string[];
  return {
    assumed: typeof assumedSize === 'number' ? assumedSize : assumedLength,
    slicedBy,
    needsOneSlice: slicedBy.length > 0 && requireOneSlicingArgument === true,
    sizedFields: isList ? undefined : new Set((sizedFields ?? []) as readonly string[]),
  };
}

function impliedSize(field: GraphQLField<unknown, unknown>, isList: boolean): ListSize | undefined {
  const slicedBy = field.args
    .filter(({ name, type }) => impliedSlices.has(name) || (isList && isListType(getNullableType(type))))
    .map(({ name }) => name);
  if (!isList && slicedBy.length === 0) return undefined;
  return { assumed: assumedLength, slicedBy, needsOneSlice: false, sizedFields: isList ? undefined : listFieldsOf(field) };
}

/** What a page's size may apply to when nobody says it. */
function listFieldsOf({ type }: GraphQLField<unknown, unknown>): ReadonlySet<string> {
  const named = getNamedType(type);
  if (!isObjectType(named) && !isInterfaceType(named)) return new Set();
  return new Set(
    Object.values(named.getFields())
      .filter((each) => isListType(getNullableType(each.type)))
      .map(({ name }) => name),
  );
}
