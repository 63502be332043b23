import {
  CreateSessionDocument,
  type CreateSessionMutationVariables,
  JoinSessionDocument,
  type JoinSessionMutationVariables,
} from './generated/graph.ts';
import { type Admission, createPlace, type Place } from './place.ts';
import { createKey, retrying } from './retrying.ts';
import { createTransport, type TransportOptions } from './transport.ts';

export interface TallyOptions extends TransportOptions {
  /** The identity provider's token of whoever creates sessions, where `AUTH=oidc`. */
  readonly identityToken?: string;
  /** Told each new admission, to be kept for `resume`. */
  readonly onAdmission?: (admission: Admission) => void;
}

type Wish<Variables> = Omit<Variables, 'idempotencyKey'>;

/** A client of Tally, for browsers and Node. Its methods @throw TallyError with a code of docs/errors.md. */
export interface Tally {
  /** Opens a session; the place is its facilitator's. */
  readonly createSession: (wish: Wish<CreateSessionMutationVariables>) => Promise<Place>;
  readonly joinSession: (wish: Wish<JoinSessionMutationVariables>) => Promise<Place>;
  /** The place of an admission that was kept, also when its token is over. */
  readonly resume: (admission: Admission) => Place;
}

export function createTally({ identityToken, onAdmission = () => {}, ...options }: TallyOptions): Tally {
  const transport = createTransport(options);
  const resume = (admission: Admission): Place => createPlace({ transport, admission, onAdmission });
  const enter = (admission: Admission): Place => {
    onAdmission(admission);
    return resume(admission);
  };
  return {
    createSession: async (wish) => {
      const variables = { ...wish, idempotencyKey: createKey() };
      return enter((await retrying(() => transport.ask(CreateSessionDocument, variables, identityToken))).createSession);
    },
    joinSession: async (wish) => {
      const variables = { ...wish, idempotencyKey: createKey() };
      return enter((await retrying(() => transport.ask(JoinSessionDocument, variables, identityToken))).joinSession);
    },
    resume,
  };
}
