import { Kind, parse, type SelectionSetNode } from 'graphql';

/** The selections of a `@key` or `@requires`, whose text may stand in braces or not. @throws GraphQLError for what is none. */
export function parseFieldSet(text: string): SelectionSetNode | undefined {
  const [definition] = parse(text.trimStart().startsWith('{') ? text : `{ ${text} }`, { noLocation: true }).definitions;
  return definition?.kind === Kind.OPERATION_DEFINITION ? definition.selectionSet : undefined;
}
