import type { RequestContext } from '../../../../kit/graphql.ts';

export interface VotingContext extends RequestContext {}
