import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from '../../../kit/process/logging.ts';
import type { ClientTls } from '../../../kit/process/tls.ts';
import type { RouterContext } from '../context.ts';
import { RouterError } from '../errors.ts';
import { publishError } from '../execution/public-errors.ts';
import { type DeparturesDeclaration, toSelection, valuesAt } from '../planning/declarations.ts';
import type { Member } from './group.ts';
import type { Sockets } from './sockets.ts';
import { openUpstream } from './upstream.ts';

export interface WatchOptions {
  readonly sockets: Sockets;
  /** What the supergraph of the moment declares; undefined: nobody leaves. */
  readonly departures: () => DeparturesDeclaration | undefined;
  readonly upstreamOf: (subgraph: string) => {
    readonly url: string;
    readonly connectionParams: (lender: RouterContext, scope: string) => Record<string, string>;
    readonly headers: Readonly<Record<string, string>>;
    readonly tls: ClientTls | undefined;
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
  /** The revision of the session up to which everybody who left is known; undefined while nobody listens there. */
  readonly heardUntil: (sessionId: string) => number | undefined;
  /**
   * Resolves when everybody who left before this revision has been cut off: what was committed after a removal is not for the removed. While
   * the watch itself is away everybody is asked for.
   */
  readonly caughtUp: (sessionId: string, revision: number) => Promise<void>;
  readonly close: () => void;
}

interface Watched {
  readonly members: Map<Member, Listener>;
  readonly waiting: Set<{ readonly revision: number; readonly resolve: () => void }>;
  stop: () => void;
  cursor: number | undefined;
  /** Resolves when whoever had to be asked for after the last departure has been. */
  asked: Promise<unknown>;
}

const queryOf = ({ field, scopeArgument, cursor, typeField, who }: DeparturesDeclaration): string =>
  `subscription RouterWatch($scope: ID!, $after: Int) { ${field}(${scopeArgument}: $scope, ${cursor.argument}: $after) { ${cursor.field} ${typeField} ${toSelection(who)} } }`;
const openAgainAfterMs = 1_000;
const patienceMs = 3_000;
/** Pauses between questions that get no answer; after the last one a stream is cut. */
const pausesMs = [100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000, 5_000, 5_000];

/** Watches by one upstream for each session with subscribers, resumed by cursor (ADR: who may follow a session). */
export function createSessionWatch({ sockets, departures, upstreamOf, log }: WatchOptions): SessionWatch {
  const sessions = new Map<string, Watched>();

  /** Asks whether they may listen until there is an answer; without one the stream is cut, and its client comes back. */
  const ask = async (watched: Watched, member: Member): Promise<void> => {
    for (const pauseMs of [...pausesMs, undefined]) {
      const refusal = await member.findRefusal();
      if (refusal === undefined || !watched.members.has(member)) return;
      if (refusal !== 'unknown') return member.fail(refusal);
      if (pauseMs !== undefined) await wait(pauseMs, undefined, { ref: false });
    }
    const lost = new RouterError('SUBSCRIPTION_UPSTREAM_LOST', 'Nobody can tell whether this stream may go on: subscribe again.');
    member.fail(publishError(lost, member.context));
  };
  const check = async (watched: Watched, participantId?: string): Promise<void> => {
    const concerned = [...watched.members].filter(
      ([, listener]) => participantId === undefined || listener.participantId === participantId,
    );
    await Promise.all(concerned.map(([member]) => ask(watched, member)));
  };
  /** Whoever was let in before they left is cut off at once, without a question; one who came back since is asked for. */
  const cutOff = async (watched: Watched, participantId: string, leftAt: number | undefined): Promise<void> => {
    const asking: Promise<void>[] = [];
    for (const [member, listener] of [...watched.members]) {
      if (listener.participantId !== participantId) continue;
      const isBefore = leftAt !== undefined && listener.revision !== undefined && listener.revision < leftAt;
      const left = new RouterError('NOT_A_PARTICIPANT', 'You are not in this session any more.');
      if (isBefore) member.fail(publishError(left, member.context));
      else if (leftAt === undefined || listener.revision === undefined) asking.push(ask(watched, member));
    }
    await Promise.all(asking);
  };
  const tellWaiting = (watched: Watched): void => {
    for (const each of [...watched.waiting]) if (each.revision <= (watched.cursor ?? -1)) each.resolve();
  };
  const open = (sessionId: string, watched: Watched): void => {
    const declared = departures();
    if (declared === undefined) return;
    const { url, connectionParams, headers, tls } = upstreamOf(declared.subgraph);
    watched.stop = openUpstream({
      url,
      headers,
      tls,
      log,
      sockets,
      isScoped: true,
      trace: () => ({}),
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
        const revision = toRevision(event[declared.cursor.field]);
        const [who] = valuesAt(event, declared.who);
        const before = watched.asked;
        const left =
          event[declared.typeField] !== declared.type
            ? undefined
            : typeof who === 'string'
              ? cutOff(watched, who, revision)
              : check(watched);
        // Nothing later goes to anybody before it is known who may have it.
        watched.asked = Promise.all([before, left]).then(() => {
          watched.cursor = revision ?? watched.cursor;
          tellWaiting(watched);
        });
      },
      // Refused or too far behind: the log cannot tell who left meanwhile, so everyone is asked.
      onEnd: ([error]) => {
        const { code, revision } = error?.extensions ?? {};
        const ended = Promise.all([watched.asked, check(watched)]);
        watched.asked = ended;
        void ended.then(() => {
          if (code === 'CURSOR_EXPIRED') watched.cursor = toRevision(revision);
          tellWaiting(watched);
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
    for (const each of [...watched.waiting]) each.resolve();
  };

  return {
    add: (listener, member) => {
      const { sessionId, participantId, revision } = listener;
      const known = sessions.get(sessionId);
      if (known !== undefined) {
        known.members.set(member, listener);
        // What the watch heard after voting said yes and before this member was in it.
        if ((known.cursor ?? 0) > (revision ?? 0)) void check(known, participantId);
        return;
      }
      const watched: Watched = {
        members: new Map([[member, listener]]),
        waiting: new Set(),
        stop: () => {},
        cursor: revision,
        asked: Promise.resolve(),
      };
      sessions.set(sessionId, watched);
      open(sessionId, watched);
    },
    remove: (sessionId, member) => {
      const watched = sessions.get(sessionId);
      if (watched?.members.delete(member) === true && watched.members.size === 0) drop(sessionId, watched);
    },
    heardUntil: (sessionId) => sessions.get(sessionId)?.cursor,
    caughtUp: async (sessionId, revision) => {
      const watched = sessions.get(sessionId);
      if (watched === undefined || departures() === undefined || (watched.cursor ?? -1) >= revision) return;
      const isHeard = await new Promise<boolean>((resolve) => {
        const finish = (heard: boolean): void => {
          watched.waiting.delete(waiter);
          clearTimeout(timer);
          resolve(heard);
        };
        const timer = setTimeout(() => finish(false), patienceMs);
        const waiter = { revision, resolve: () => finish(true) };
        watched.waiting.add(waiter);
      });
      if (!isHeard) await check(watched);
    },
    close: () => {
      for (const [sessionId, watched] of [...sessions]) drop(sessionId, watched);
    },
  };
}

function toRevision(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
