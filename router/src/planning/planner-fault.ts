import type { QueryPlan } from '@apollo/query-planner';
import type { OperationDefinitionNode } from 'graphql';
import { DomainError } from '../../../kit/process/errors.ts';

/** The planner gave up on a valid operation; its own words are the `cause`, for the log: nobody's request is at fault. */
export class PlannerFault extends DomainError<'OPERATION_NOT_PLANNED'> {
  /** Undefined for one without a name. */
  readonly operationName: string | undefined;

  constructor(operationName: string | undefined, cause: unknown) {
    super(
      'OPERATION_NOT_PLANNED',
      'The router found no way to ask the subgraphs for this operation, though there is one; its log has why.',
    );
    this.operationName = operationName;
    this.cause = cause;
  }
}

/** What `build` makes of the operation. @throws PlannerFault */
export function withPlannerFaults({ name }: OperationDefinitionNode, build: () => QueryPlan): QueryPlan {
  try {
    return build();
  } catch (error) {
    throw new PlannerFault(name?.value, error);
  }
}
