import {
  type DocumentNode,
  type FormattedExecutionResult,
  GraphQLError,
  getOperationAST,
  Kind,
  parse,
  type ValidationRule,
  validate,
} from 'graphql';
import { createByteBoundCache } from '../cache.ts';
import type { RouterContext } from '../context.ts';
import { RouterError } from '../errors.ts';
import { operationsInFlight, plansTotal, refusalsTotal } from '../metrics.ts';
import type { Graph, PlannedOperation } from '../planning/graph.ts';
import type { GraphSource } from '../planning/graph-source.ts';
import { logAccess } from './access-log.ts';
import type { Execution, Executor } from './executor.ts';
import { publishError } from './public-errors.ts';
import { readVariables } from './variables.ts';

/** A GraphQL request as it comes, on whichever transport. */
export interface OperationRequest {
  readonly query?: string;
  readonly operationName?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly extensions?: Readonly<Record<string, unknown>>;
}

export type Prepared =
  | { readonly kind: 'ready'; readonly planned: PlannedOperation; readonly variables: Readonly<Record<string, unknown>> }
  | { readonly kind: 'refused'; readonly errors: readonly GraphQLError[] };

/** What protects the graph, on all transports. */
export interface Guard {
  /** Lexical tokens of a document at most. */
  readonly maxTokens: number;
  /** Why a parsed document is not worth a validation. */
  readonly findExcess: (document: DocumentNode) => RouterError | undefined;
  /** Why variables are not worth reading, whatever the document. */
  readonly findVariablesExcess: (variables: Readonly<Record<string, unknown>>) => RouterError | undefined;
  readonly rulesFor: (graph: Graph) => readonly ValidationRule[];
  /**
   * Counts one operation before it is read: what cannot be read costs time as well.
   *
   * @throws RouterError RATE_LIMITED.
   */
  readonly count: (context: RouterContext) => Promise<void>;
  /** Counts a refusal for more than an answer: it is not worth its work to anybody. Never fails. */
  readonly countRefusal: (context: RouterContext) => void;
  /**
   * Admits one planned operation.
   *
   * @throws RouterError RATE_LIMITED; OPERATION_TOO_COSTLY when its variables make it so.
   */
  readonly admit: (execution: Execution) => Promise<void>;
}

/** What all transports do with an operation. */
export interface Operations {
  /** Parses, protects, validates and plans; errors are public. */
  readonly prepare: (request: OperationRequest, context: RouterContext) => Promise<Prepared>;
  /** Runs a query or mutation; errors are public. */
  readonly execute: (
    prepared: Prepared & { kind: 'ready' },
    context: RouterContext,
  ) => Promise<FormattedExecutionResult<Record<string, unknown>>>;
  /** Counts a request of which nothing could be read; resolves to RATE_LIMITED when there were too many. */
  readonly countUnread: (context: RouterContext) => Promise<GraphQLError | undefined>;
  /** The plan of an operation seen before, or undefined. */
  readonly findWarm: (query: string, operationName: string | undefined) => PlannedOperation | undefined;
  /** Does for a document with one operation what its first request would wait for; nothing for one that is refused. Never throws. */
  readonly warm: (query: string) => void;
}

const longestName = 100;
/** Characters: whatever a document of so few tokens is long by (comments, strings) is read before it is refused. */
const longestDocument = 250_000;
const documentCacheBytes = 64 * 1024 * 1024;
// A parsed document takes some thirty times its text.
const bytesPerCharacter = 60;

interface Known {
  readonly graph: Graph;
  readonly document: DocumentNode;
  readonly planned: Map<string | undefined, PlannedOperation>;
}

export interface OperationsOptions {
  readonly graphs: GraphSource;
  readonly executor: Executor;
  readonly guard: Guard;
  /** Called with each request that was found valid and admitted. */
  readonly onPrepared: (request: OperationRequest) => void;
}

export function createOperations({ graphs, executor, guard, onPrepared }: OperationsOptions): Operations {
  const cache = createByteBoundCache<Known>(documentCacheBytes);

  const findKnown = (query: string): Known | undefined => {
    const known = cache.get(query);
    return known?.graph === graphs.current() ? known : undefined;
  };
  const read = (query: string): Known | readonly GraphQLError[] => {
    const graph = graphs.current();
    let document: DocumentNode;
    try {
      document = parse(query, { maxTokens: guard.maxTokens });
    } catch (error) {
      return [toParseError(error)];
    }
    const excess = guard.findExcess(document);
    if (excess !== undefined) return [new GraphQLError(excess.message, { originalError: excess })];
    const errors = findErrors(graph, document, guard.rulesFor(graph));
    if (errors.length > 0) return errors;
    const known: Known = { graph, document, planned: new Map() };
    cache.set(query, known, query.length * bytesPerCharacter);
    return known;
  };
  const planOf = ({ graph, document, planned }: Known, query: string, operationName: string | undefined): PlannedOperation => {
    const found = planned.get(operationName) ?? graph.plan(document, operationName, query);
    planned.set(operationName, found);
    return found;
  };

  const prepared: Operations = {
    prepare: async (request, context) => {
      const { query, operationName, variables = {} } = request;
      const startedAt = performance.now();
      const refuse = (...refused: readonly unknown[]): Prepared => {
        const errors = refused.map((error) => publishError(error, context));
        const code = String(errors[0]?.extensions['code']);
        refusalsTotal.inc({ code });
        if (code !== 'RATE_LIMITED') guard.countRefusal(context);
        logAccess(context, { operation: operationName, kind: 'unknown', outcome: 'refused', ms: performance.now() - startedAt, code });
        return { kind: 'refused', errors };
      };
      try {
        await guard.count(context);
        if (query === undefined || query === '') return refuse(new RouterError('BAD_REQUEST', 'The request has no `query`.'));
        if (query.length > longestDocument) return refuse(tooLong(query.length));
        const excess = guard.findVariablesExcess(variables);
        if (excess !== undefined) return refuse(excess);
        const cached = findKnown(query);
        plansTotal.inc({ cache: cached === undefined ? 'miss' : 'hit' });
        const known = cached ?? read(query);
        if (!('document' in known)) return refuse(...known);
        const planned = planOf(known, query, operationName);
        // What a variable cannot be at all is told before what it would cost.
        const coerced = readVariables(planned, variables);
        if ('errors' in coerced) return refuse(...coerced.errors);
        await guard.admit({ planned, variables: coerced.variables, context });
        onPrepared(request);
        return { kind: 'ready', planned, variables: coerced.variables };
      } catch (error) {
        return refuse(error);
      }
    },
    execute: async ({ planned, variables }, context) => {
      try {
        const { data, errors } = await executor.execute({ planned, variables, context });
        const shown = errors?.map((error) => publishError(error, context).toJSON());
        return { ...(shown === undefined ? {} : { errors: shown }), ...(data === undefined ? {} : { data }) };
      } catch (error) {
        return { errors: [publishError(error, context).toJSON()] };
      }
    },
    countUnread: async (context) => {
      try {
        await guard.count(context);
        return undefined;
      } catch (error) {
        return publishError(error, context);
      }
    },
    findWarm: (query, operationName) => findKnown(query)?.planned.get(operationName),
    warm: (query) => {
      try {
        const known = findKnown(query) ?? read(query);
        if (!('document' in known)) return;
        const operation = getOperationAST(known.document);
        if (!operation) return;
        const planned = planOf(known, query, operation.name?.value);
        // Whether the request names it or not: it is the only one.
        known.planned.set(undefined, planned);
        if (operation.operation !== 'subscription') executor.prepare(planned);
      } catch {
        // Its first request is told what is wrong with it.
      }
    },
  };
  return {
    ...prepared,
    prepare: (request, context) => inFlight(() => prepared.prepare(request, context)),
    execute: (ready, context) => inFlight(() => prepared.execute(ready, context)),
  };
}

/** Counts what is under way, the waiting for the limiter included: it is what still moves when nothing is answered any more. */
async function inFlight<Value>(run: () => Promise<Value>): Promise<Value> {
  operationsInFlight.inc();
  try {
    return await run();
  } finally {
    operationsInFlight.dec();
  }
}

function findErrors(graph: Graph, document: DocumentNode, rules: readonly ValidationRule[]): readonly GraphQLError[] {
  try {
    // The limits come first: what breaks them is not worth a full validation.
    const limited = validate(graph.schema, document, rules, { maxErrors: 1 });
    const errors = limited.length > 0 ? limited : validate(graph.schema, document, undefined, { maxErrors: 5 });
    return errors.map((error) => withCode(toWords(error), 'GRAPHQL_VALIDATION_FAILED'));
  } catch (error) {
    // graphql-js throws for @include with a variable on a subscription's root field.
    const hasSubscription = document.definitions.some(
      (each) => each.kind === Kind.OPERATION_DEFINITION && each.operation === 'subscription',
    );
    const message = hasSubscription
      ? 'The field of a subscription cannot be skipped: without it there is nothing to follow.'
      : 'The document is not valid.';
    return [
      new GraphQLError(message, {
        extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
        ...(hasSubscription ? {} : { originalError: error as Error }),
      }),
    ];
  }
}

/** graphql-js's last error says that it has stopped, not why. */
function toWords(error: GraphQLError): GraphQLError {
  return error.message.includes('Validation aborted')
    ? new GraphQLError('The document has more mistakes than these; correct them first.')
    : error;
}

function withCode(error: GraphQLError, code: string): GraphQLError {
  if (error.originalError !== undefined || error.extensions['code'] !== undefined) return error;
  return new GraphQLError(error.message, { nodes: error.nodes ?? null, extensions: { code } });
}

const tooLong = (actual: number): RouterError =>
  new RouterError('OPERATION_TOO_LARGE', `The document has ${actual} characters; ${longestDocument} are allowed.`, {
    limit: longestDocument,
    actual,
  });

/** A syntax error, OPERATION_TOO_LARGE for too many tokens, OPERATION_TOO_DEEP for too many of them inside each other. */
function toParseError(error: unknown): GraphQLError {
  if (error instanceof RangeError) {
    // The parser goes down into each bracket, until there is no stack left.
    const tooDeep = new RouterError('OPERATION_TOO_DEEP', 'The operation is nested too deeply to be read.');
    return new GraphQLError(tooDeep.message, { originalError: tooDeep });
  }
  const message = error instanceof Error ? error.message : 'The document cannot be parsed.';
  if (message.includes('Parsing aborted')) {
    const tooLarge = new RouterError('OPERATION_TOO_LARGE', message.replace('Syntax Error: ', ''));
    return new GraphQLError(tooLarge.message, { originalError: tooLarge });
  }
  const place = error instanceof GraphQLError ? { source: error.source ?? null, positions: error.positions ?? null } : {};
  return new GraphQLError(message, { ...place, extensions: { code: 'GRAPHQL_PARSE_FAILED' } });
}

/**
 * The request in a decoded JSON body.
 *
 * @throws RouterError BAD_REQUEST for anything that is not a GraphQL request; batches are not served.
 */
export function parseOperationRequest(body: unknown): OperationRequest {
  if (typeof body !== 'object' || body === null) throw new RouterError('BAD_REQUEST', 'The body is not a JSON object.');
  if (Array.isArray(body)) throw new RouterError('BAD_REQUEST', 'Operation batching is not served.');
  const { query, operationName, variables, extensions } = body as Record<string, unknown>;
  if (query !== undefined && query !== null && typeof query !== 'string') throw new RouterError('BAD_REQUEST', '`query` is not a string.');
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string')
    throw new RouterError('BAD_REQUEST', '`operationName` is not a string.');
  if (typeof operationName === 'string' && operationName.length > longestName)
    throw new RouterError('BAD_REQUEST', `\`operationName\` is longer than ${longestName} characters.`);
  for (const [name, value] of Object.entries({ variables, extensions })) {
    if (value !== undefined && value !== null && (typeof value !== 'object' || Array.isArray(value)))
      throw new RouterError('BAD_REQUEST', `\`${name}\` is not an object.`);
  }
  return {
    ...(typeof query === 'string' ? { query } : {}),
    ...(typeof operationName === 'string' ? { operationName } : {}),
    ...(variables ? { variables: variables as Record<string, unknown> } : {}),
    ...(extensions ? { extensions: extensions as Record<string, unknown> } : {}),
  };
}
