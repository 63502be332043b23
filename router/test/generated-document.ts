import { type GraphQLSchema, isInterfaceType, isObjectType, isUnionType } from 'graphql';
import type { Choose } from './generated-graph.ts';

const conditions = ['', '', '', '', ' @include(if: $yes)', ' @skip(if: $yes)', ' @skip(if: $no)', ' @include(if: false)'];

/** A query made by chance; not always valid, since its aliases take names of fields, too. */
export function generateDocument(schema: GraphQLSchema, choose: Choose): string {
  const fragments: string[] = [];
  let names = 0;
  const aliases = ['', '', '', '', '', 'id: ', 'f0: ', 'f1: ', 'code: ', 'x: ', 'y: '];
  const toSelection = (typeName: string, depth: number): string => {
    const type = schema.getType(typeName);
    if (!isObjectType(type) && !isInterfaceType(type) && !isUnionType(type)) return '';
    const parts = Array.from({ length: 1 + choose(4) }, () => toPart(typeName, depth));
    return `{ ${parts.join(' ')} }`;
  };
  const toPart = (typeName: string, depth: number): string => {
    const type = schema.getType(typeName);
    const isAbstract = isInterfaceType(type) || isUnionType(type);
    const condition = conditions[choose(conditions.length)] ?? '';
    if (depth > 0 && choose(isAbstract ? 2 : 8) === 0) {
      const possible = isAbstract
        ? schema.getPossibleTypes(type).map(({ name }) => name)
        : [typeName, ...(/^T\d$/.test(typeName) ? ['Node', 'Any'] : [])];
      const on = possible[choose(possible.length)] ?? typeName;
      if (choose(4) > 0) return `... on ${on}${condition} ${toSelection(on, depth - 1)}`;
      names += 1;
      const name = `F${names}`;
      fragments.push(`fragment ${name} on ${on} ${toSelection(on, depth - 1)}`);
      return `...${name}${condition}`;
    }
    const fields = isUnionType(type) || type === undefined || !('getFields' in type) ? [] : Object.values(type.getFields());
    const field = fields[choose(fields.length + 1)];
    const alias = typeName === 'Query' && choose(3) > 0 ? '' : (aliases[choose(aliases.length)] ?? '');
    if (field === undefined) return `${alias}__typename${condition}`;
    const named = String(field.type).replaceAll(/[[\]!]/g, '');
    const nested = /^(T\d|Node|Any|Value)$/.test(named);
    if (nested && depth <= 0) return `${alias}__typename${condition}`;
    const given = 'args' in field && field.args.length > 0 && choose(2) === 0 ? `(by: ${choose(2) === 0 ? '3' : '$by'})` : '';
    return `${alias}${field.name}${given}${condition}${nested ? ` ${toSelection(named, depth - 1)}` : ''}`;
  };
  const body = toSelection('Query', 4);
  const by = [body, ...fragments].join('').includes('$by') ? ', $by: Int! = 5' : '';
  const head = `query Q($yes: Boolean! = true, $no: Boolean! = false${by})`;
  return [`${head} { __typename @include(if: $yes) @skip(if: $no) ... @include(if: $yes) ${body} }`, ...fragments].join('\n');
}
