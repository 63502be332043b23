import { type FieldNode, Kind, parse, visit } from 'graphql';
import type { AnswerMemo } from '../../../../kit/subgraph/graphql.ts';

export interface AnswerMemoOptions<Context> {
  /**
   * The object that each entity's answer depends on, and on nothing else; undefined unless all of them can be answered without an error.
   * Called before the resolvers of the same context: what it reads it should leave for them. What it throws counts as undefined.
   */
  readonly find: (representations: readonly unknown[], context: Context) => Promise<readonly object[] | undefined>;
  /** Fields that depend on more than that object: an operation with one of them is not remembered. */
  readonly changing: ReadonlySet<string>;
}

/** Past it everything is forgotten and learnt anew: texts of objects that are gone go with them, but not those of operations. */
const mostCharacters = 32 * 1024 * 1024;
const mostOperations = 200;

/**
 * Answers entities that were answered before, by the same operation and out of the same objects, with the same text: no resolver runs, and
 * nothing is put into JSON again. What was not answered before goes the usual way, and is learnt from there.
 * The texts live as long as the objects that they were made of.
 */
export function createAnswerMemo<Context>({ find, changing }: AnswerMemoOptions<Context>): AnswerMemo<Context> {
  /** By query: the variable with the representations; undefined for what is no plain question for entities. */
  const variables = new Map<string, string | undefined>();
  const texts = new Map<string, WeakMap<object, string>>();
  let characters = 0;

  const toQuestion = (body: unknown) => {
    const { query, variables: given, operationName, ...rest } = toRecord(body);
    if (typeof query !== 'string' || Object.keys(rest).length > 0) return undefined;
    if (!variables.has(query)) {
      if (variables.size >= mostOperations) variables.clear();
      variables.set(query, findRepresentations(query, changing));
    }
    const name = variables.get(query);
    if (name === undefined) return undefined;
    const { [name]: representations, ...others } = toRecord(given);
    if (!Array.isArray(representations)) return undefined;
    return { key: JSON.stringify([query, operationName, others]), representations };
  };

  const learn = (key: string, objects: readonly object[], answer: string): void => {
    const { data, errors } = toRecord(JSON.parse(answer));
    const entities = toRecord(data)['_entities'];
    if (errors !== undefined || !Array.isArray(entities) || entities.length !== objects.length) return;
    if (characters > mostCharacters || texts.size >= mostOperations) {
      texts.clear();
      characters = 0;
    }
    const known = texts.get(key) ?? new WeakMap<object, string>();
    texts.set(key, known);
    for (const [at, object] of objects.entries()) {
      if (known.has(object)) continue;
      const text = JSON.stringify(entities[at]);
      characters += text.length;
      known.set(object, text);
    }
  };

  return {
    recall: async (body, context) => {
      const question = toQuestion(body);
      if (question === undefined) return undefined;
      const { key, representations } = question;
      const objects = await find(representations, context).catch(() => undefined);
      if (objects === undefined) return undefined;
      const known = texts.get(key);
      const parts = objects.map((object) => known?.get(object));
      return {
        text: parts.includes(undefined) ? undefined : `{"data":{"_entities":[${parts.join(',')}]}}\n`,
        learn: (text) => learn(key, objects, text),
      };
    },
  };
}

/** The name of the variable in an operation that asks for `_entities` by it and for nothing else, and for no changing field. */
function findRepresentations(query: string, changing: ReadonlySet<string>): string | undefined {
  try {
    const document = parse(query);
    const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
    const [root, ...others] = operations[0]?.selectionSet.selections ?? [];
    if (operations.length !== 1 || others.length > 0 || root?.kind !== Kind.FIELD) return undefined;
    let isChanging = false;
    visit(document, {
      Field: ({ name }) => {
        if (changing.has(name.value)) isChanging = true;
      },
    });
    return isChanging ? undefined : toVariable(root);
  } catch {
    // Answered the usual way, with what is wrong with it.
    return undefined;
  }
}

function toVariable({ name, alias, directives = [], arguments: given = [] }: FieldNode): string | undefined {
  const value = given[0]?.value;
  const isPlain = name.value === '_entities' && alias === undefined && directives.length === 0;
  return isPlain && value?.kind === Kind.VARIABLE ? value.name.value : undefined;
}

function toRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
