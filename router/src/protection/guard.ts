import { GraphQLError, type ValidationRule } from 'graphql';
import { RouterError } from '../errors.ts';
import type { Guard } from '../execution/operations.ts';

export interface GuardOptions {
  readonly allowIntrospection: boolean;
}

/** What every operation has to pass, on every transport. */
export function createGuard({ allowIntrospection }: GuardOptions): Guard {
  return {
    maxTokens: 10_000,
    rules: allowIntrospection ? [] : [noIntrospection],
    admit: async () => {},
  };
}

const noIntrospection: ValidationRule = (context) => ({
  Field: (node) => {
    if (node.name.value !== '__schema' && node.name.value !== '__type') return;
    const originalError = new RouterError('INTROSPECTION_DISABLED', 'Introspection is switched off here.');
    context.reportError(new GraphQLError(originalError.message, { nodes: node, originalError }));
  },
});
