import type { Logger } from '../../../kit/process/logging.ts';
import type { Tls } from '../../../kit/process/tls.ts';
import type { RouterContext } from '../context.ts';
import { type DeparturesDeclaration, toSelection, valuesAt } from '../planning/declarations.ts';
import type { Member } from './group.ts';
import { openUpstream } from './upstream.ts';

export interface WatchOptions {
  /** What the supergraph of the moment declares; undefined: nobody leaves. */
  readonly departures: () => DeparturesDeclaration | undefined;
  readonly upstreamOf: (subgraph: string) => {
    readonly url: string;
    readonly connectionParams: (lender: RouterContext, scope: string) => Record<string, string>;
    readonly tls: Tls | undefined;
  };
  readonly log: Logger;
}

/** Who listens, and the session's revision when voting said that they may. */
export interface Listener {
  readonly sessionId: string;
  readonly participantId: string;
  readonly revision: number | undefined;
}

/** Notices when somebody leaves or is removed from a session, and ends what they still follow. */
export interface SessionWatch {
  readonly add: (watched: Listener, member: Member) => void;
  readonly remove: (sessionId: string, member: Member) => void;
  readonly close: () => void;
}

interface Watched {
  readonly members: Map<Member, string>;
  stop: () => void;
  cursor: number | undefined;
}

const queryOf = ({ field, scopeArgument, cursor, typeField, who }: DeparturesDeclaration): string =>
  `subscription RouterWatch($scope: ID!, $after: Int) { ${field}(${scopeArgument}: $scope, ${cursor.argument}: $after) { ${cursor.field} ${typeField} ${toSelection(who)} } }`;
const openAgainAfterMs = 1_000;

/** Watches by one upstream for each session with subscribers, resumed by cursor (ADR: who may follow a session). */
export function createSessionWatch({ departures, upstreamOf, log }: WatchOptions): SessionWatch {
  const sessions = new Map<string, Watched>();

  const check = async (watched: Watched, participantId?: string): Promise<void> => {
    const concerned = [...watched.members].filter(([, id]) => participantId === undefined || id === participantId);
    await Promise.all(
      concerned.map(async ([member]) => {
        const refusal = await member.findRefusal();
        if (refusal !== undefined) member.fail(refusal);
      }),
    );
  };
  const open = (sessionId: string, watched: Watched): void => {
    const declared = departures();
    if (declared === undefined) return;
    const { url, connectionParams, tls } = upstreamOf(declared.subgraph);
    watched.stop = openUpstream({
      url,
      tls,
      log,
      giveUpAfterMs: Number.POSITIVE_INFINITY,
      connectionParams: () => {
        const lender = [...watched.members.keys()].at(-1);
        return lender === undefined ? {} : connectionParams(lender.context, sessionId);
      },
      request: () => ({
        query: queryOf(declared),
        variables: { scope: sessionId, ...(watched.cursor === undefined ? {} : { after: watched.cursor }) },
      }),
      onEvent: ({ data }) => {
        const event = data?.[declared.field] as Readonly<Record<string, unknown>> | null | undefined;
        if (event === undefined || event === null) return;
        watched.cursor = toRevision(event[declared.cursor.field]) ?? watched.cursor;
        const [who] = valuesAt(event, declared.who);
        if (event[declared.typeField] === declared.type) void check(watched, typeof who === 'string' ? who : undefined);
      },
      // Refused or too far behind: the log cannot tell who left meanwhile, so everyone is asked.
      onEnd: ([error]) => {
        if (error?.extensions?.['code'] === 'CURSOR_EXPIRED') watched.cursor = toRevision(error.extensions['revision']);
        void check(watched).then(() => {
          const timer = setTimeout(() => {
            if (sessions.get(sessionId) === watched) open(sessionId, watched);
          }, openAgainAfterMs);
          watched.stop = () => clearTimeout(timer);
        });
      },
      onLost: () => {},
    });
  };
  const drop = (sessionId: string, watched: Watched): void => {
    sessions.delete(sessionId);
    watched.stop();
  };

  return {
    add: ({ sessionId, participantId, revision }, member) => {
      const known = sessions.get(sessionId);
      if (known !== undefined) {
        known.members.set(member, participantId);
        // What the watch heard after voting said yes and before this member was in it.
        if ((known.cursor ?? 0) > (revision ?? 0)) void check(known, participantId);
        return;
      }
      const watched: Watched = { members: new Map([[member, participantId]]), stop: () => {}, cursor: revision };
      sessions.set(sessionId, watched);
      open(sessionId, watched);
    },
    remove: (sessionId, member) => {
      const watched = sessions.get(sessionId);
      if (watched?.members.delete(member) === true && watched.members.size === 0) drop(sessionId, watched);
    },
    close: () => {
      for (const [sessionId, watched] of [...sessions]) drop(sessionId, watched);
    },
  };
}

function toRevision(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
