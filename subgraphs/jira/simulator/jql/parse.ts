/** A JQL that Jira would reject; the message is in Jira's words and names the position. */
export class JqlError extends Error {
  override readonly name = 'JqlError';
}

export type Operator = '=' | '!=' | '<' | '>' | '<=' | '>=' | '~' | '!~' | 'in' | 'not in' | 'is' | 'is not';

export type Operand =
  | { readonly kind: 'value'; readonly text: string }
  | { readonly kind: 'function'; readonly name: string; readonly args: readonly string[] }
  | { readonly kind: 'empty' }
  | { readonly kind: 'list'; readonly items: readonly Operand[] };

export type Clause =
  | { readonly kind: 'and' | 'or'; readonly clauses: readonly Clause[] }
  | { readonly kind: 'not'; readonly clause: Clause }
  | { readonly kind: 'term'; readonly field: string; readonly operator: Operator; readonly operand: Operand };

export interface Order {
  readonly field: string;
  readonly isDescending: boolean;
}

export interface Query {
  readonly where: Clause | undefined;
  readonly orderBy: readonly Order[];
}

interface Token {
  readonly kind: 'word' | 'string' | 'symbol' | 'end';
  readonly text: string;
  readonly line: number;
  readonly character: number;
}

const symbols = ['!=', '!~', '<=', '>=', '=', '<', '>', '~', '!', '(', ')', ',', '[', ']'];
/** How deep parentheses and NOT may be. */
const deepest = 500;

const operatorWords = "The valid operators are '=', '!=', '<', '>', '<=', '>=', '~', '!~', 'IN', 'NOT IN', 'IS' and 'IS NOT'.";

function tokenize(jql: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const place = (index: number) => {
    const before = jql.slice(0, index);
    return { line: before.split('\n').length, character: index - before.lastIndexOf('\n') };
  };
  while (at < jql.length) {
    const char = jql.charAt(at);
    if (/\s/.test(char)) {
      at++;
      continue;
    }
    const start = at;
    if (char === '"' || char === "'") {
      let text = '';
      at++;
      while (at < jql.length && jql.charAt(at) !== char) {
        if (jql.charAt(at) === '\\') at++;
        text += jql.charAt(at++);
      }
      if (at >= jql.length) {
        const { line, character } = place(start);
        throw new JqlError(
          `Error in the JQL Query: The quoted string '${text}' has not been completed. (line ${line}, character ${character})`,
        );
      }
      at++;
      tokens.push({ kind: 'string', text, ...place(start) });
      continue;
    }
    const symbol = symbols.find((candidate) => jql.startsWith(candidate, at));
    if (symbol !== undefined) {
      at += symbol.length;
      tokens.push({ kind: 'symbol', text: symbol, ...place(start) });
      continue;
    }
    if (/[{}*/%+^$#@?;|&]/.test(char)) {
      const { line, character } = place(start);
      throw new JqlError(
        `Error in the JQL Query: The character '${char}' is a reserved JQL character. You must enclose it in a string or use the escape '\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}' instead. (line ${line}, character ${character})`,
      );
    }
    while (at < jql.length && !/[\s"'(),=<>~![\]{}*/%+^$#@?;|&]/.test(jql.charAt(at))) at++;
    tokens.push({ kind: 'word', text: jql.slice(start, at), ...place(start) });
  }
  tokens.push({ kind: 'end', text: '', ...place(jql.length) });
  return tokens;
}

/**
 * Parses the subset of JQL that the simulator understands.
 *
 * @throws JqlError in Jira's words.
 */
export function parseJql(jql: string): Query {
  const tokens = tokenize(jql);
  let index = 0;
  const peek = (): Token => tokens[Math.min(index, tokens.length - 1)] as Token;
  const next = (): Token => tokens[Math.min(index++, tokens.length - 1)] as Token;
  const isWord = (word: string, token = peek()) => token.kind === 'word' && token.text.toLowerCase() === word;
  const isSymbol = (symbol: string) => peek().kind === 'symbol' && peek().text === symbol;
  const fail = (expected: string, hint = ''): never => {
    const token = peek();
    const got = token.kind === 'end' ? 'the end of the query' : `'${token.text}'`;
    const where = token.kind === 'end' ? '' : ` (line ${token.line}, character ${token.character})`;
    throw new JqlError(
      `Error in the JQL Query: Expecting ${expected} ${token.kind === 'end' ? 'before' : 'but got'} ${got}.${hint === '' ? '' : ` ${hint}`}${where}`,
    );
  };

  const parseOr = (): Clause => {
    const clauses = [parseAnd()];
    while (isWord('or')) {
      next();
      clauses.push(parseAnd());
    }
    return clauses.length === 1 ? (clauses[0] as Clause) : { kind: 'or', clauses };
  };
  const parseAnd = (): Clause => {
    const clauses = [parseNot()];
    while (isWord('and')) {
      next();
      clauses.push(parseNot());
    }
    return clauses.length === 1 ? (clauses[0] as Clause) : { kind: 'and', clauses };
  };
  let depth = 0;
  const parseNot = (): Clause => {
    // Jira itself has a limit, too: without one a query could be too deep for us to walk through.
    if (++depth > deepest) throw new JqlError('Error in the JQL Query: The query is nested too deeply.');
    const clause = parseNested();
    depth--;
    return clause;
  };
  const parseNested = (): Clause => {
    if (isWord('not') || isSymbol('!')) {
      next();
      return { kind: 'not', clause: parseNot() };
    }
    if (isSymbol('(')) {
      next();
      const clause = parseOr();
      if (!isSymbol(')')) fail("')'");
      next();
      return clause;
    }
    return parseTerm();
  };
  const parseField = (): string => {
    const token = peek();
    const isReserved = ['and', 'or', 'in', 'is', 'empty', 'null', 'order', 'by'].some((word) => isWord(word));
    if ((token.kind !== 'word' && token.kind !== 'string') || isReserved)
      fail('a field name', isReserved ? `'${token.text}' is a reserved JQL word.` : '');
    next();
    if (token.text.toLowerCase() !== 'cf' || !isSymbol('[')) return token.text;
    next();
    const id = next().text;
    if (!isSymbol(']')) fail("']'");
    next();
    return `cf[${id}]`;
  };
  const parseTerm = (): Clause => {
    const field = parseField();
    const operator = parseOperator();
    const operand = operator === 'in' || operator === 'not in' ? parseList() : parseOperand();
    if ((operator === 'is' || operator === 'is not') && operand.kind !== 'empty')
      throw new JqlError(`Error in the JQL Query: The operator '${operator}' only takes EMPTY or NULL, for the field '${field}'.`);
    return { kind: 'term', field, operator, operand };
  };
  const parseOperator = (): Operator => {
    const token = peek();
    if (token.kind === 'symbol' && ['=', '!=', '<', '>', '<=', '>=', '~', '!~'].includes(token.text)) return next().text as Operator;
    if (isWord('in')) {
      next();
      return 'in';
    }
    if (isWord('not')) {
      next();
      if (!isWord('in')) fail("'IN'");
      next();
      return 'not in';
    }
    if (isWord('is')) {
      next();
      if (!isWord('not')) return 'is';
      next();
      return 'is not';
    }
    return fail('operator', operatorWords);
  };
  const parseList = (): Operand => {
    if (!isSymbol('(')) {
      const operand = parseOperand();
      return operand.kind === 'function' ? operand : fail("'('");
    }
    next();
    const items = [parseOperand()];
    while (isSymbol(',')) {
      next();
      items.push(parseOperand());
    }
    if (!isSymbol(')')) fail("',' or ')'");
    next();
    return { kind: 'list', items };
  };
  const parseOperand = (): Operand => {
    const token = peek();
    if (token.kind !== 'word' && token.kind !== 'string') fail('either a value, list or function');
    if (token.kind === 'word' && ['and', 'or', 'in', 'is', 'order', 'by', 'not'].includes(token.text.toLowerCase()))
      fail('either a value, list or function', `'${token.text}' is a reserved JQL word.`);
    next();
    if (token.kind === 'word' && (isWord('empty', token) || isWord('null', token))) return { kind: 'empty' };
    if (!isSymbol('(')) return { kind: 'value', text: token.text };
    next();
    const args: string[] = [];
    while (!isSymbol(')')) {
      if (peek().kind === 'end') fail("')'");
      if (!isSymbol(',')) args.push(peek().text);
      next();
    }
    next();
    return { kind: 'function', name: token.text, args };
  };
  const parseOrder = (): Order[] => {
    next();
    if (!isWord('by')) fail("'by'");
    const orders: Order[] = [];
    do {
      next();
      const field = parseField();
      const isDescending = isWord('desc');
      if (isDescending || isWord('asc')) next();
      orders.push({ field, isDescending });
    } while (isSymbol(','));
    return orders;
  };

  const where = peek().kind === 'end' || isWord('order') ? undefined : parseOr();
  const orderBy = isWord('order') ? parseOrder() : [];
  if (peek().kind !== 'end') fail(orderBy.length === 0 ? "either 'OR' or 'AND'" : "','");
  return { where, orderBy };
}
