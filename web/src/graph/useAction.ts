import type { OperationVariables, TypedDocumentNode } from '@apollo/client';
import { useMutation } from '@apollo/client/react';
import { useCallback, useState } from 'react';
import { showToast } from '../design/Toasts.tsx';
import { currentText } from '../text/text.ts';
import { toErrorText } from './errors.ts';
import { createRandomKey } from './randomKey.ts';

type Extra<Data, Variables extends OperationVariables> = Pick<
  useMutation.MutationFunctionOptions<Data, Variables>,
  'optimisticResponse' | 'update' | 'refetchQueries' | 'context'
> & {
  /** Told of a failure with the attempt's key; what it returns says whether it has dealt with it, so that nothing else is shown. */
  readonly onFailure?: (error: unknown, idempotencyKey: string) => boolean;
};

/** What an action does when it is run: the data, or undefined after its error was shown. */
export type Run<Data, Variables extends OperationVariables> = (
  variables: Omit<Variables, 'idempotencyKey'>,
  extra?: Extra<Data, Variables>,
) => Promise<Data | undefined>;

/**
 * A mutation as a button needs it: it names each attempt by a `idempotencyKey`, shows its outcome at once when it is told which,
 * and on failure takes that back and says why.
 */
export function useAction<Data, Variables extends OperationVariables>(
  document: TypedDocumentNode<Data, Variables>,
): readonly [Run<Data, Variables>, boolean] {
  const [mutate] = useMutation<Data, Variables>(document);
  const [isRunning, setIsRunning] = useState(false);

  const run = useCallback<Run<Data, Variables>>(
    async (variables, { onFailure, ...extra } = {}) => {
      setIsRunning(true);
      const idempotencyKey = createRandomKey();
      try {
        const complete = { ...variables, idempotencyKey } as unknown as Variables;
        const { data } = await (mutate as (options: object) => Promise<{ data?: Data }>)({ ...extra, variables: complete });
        return data;
      } catch (error) {
        if (!onFailure?.(error, idempotencyKey)) showToast('bad', toErrorText(error, currentText()));
        return undefined;
      } finally {
        setIsRunning(false);
      }
    },
    [mutate],
  );
  return [run, isRunning];
}
