/** The keys of one session: the braces put them all on one slot of a cluster, so that one script may touch them. */
export function keysOf(sessionId: string) {
  const prefix = prefixOf(sessionId);
  const key = (part: string) => prefix + part;
  return {
    /** Hash: data (JSON), revision, structure, openRoundId. */
    session: key('session'),
    /** Set: the open round's roster, for the gate. */
    voters: key('voters'),
    /** Hashes: id → row as JSON. */
    participants: key('participants'),
    items: key('items'),
    rounds: key('rounds'),
    /** Hash: round/track → row. */
    estimates: key('estimates'),
    /** Hash: actor, mutation and idempotency key → time, input hash and answer. */
    requests: key('requests'),
    /** Stream; an event's id is its revision. Never trimmed: kept as long as the session. */
    events: key('events'),
    /** Hash: id → row. */
    credentials: key('credentials'),
    /** Hash: participant → 'since seen' (ms). */
    presence: key('presence'),
    /** Hash: participant/track → row. */
    votes: (roundId: string) => key(`votes:${roundId}`),
  };
}

/** The keys that `vote.lua` takes, in its order: `keysOf` would make twice as many, on the path that matters. */
export function voteKeysOf(sessionId: string, roundId: string): readonly string[] {
  const prefix = prefixOf(sessionId);
  return [`${prefix}session`, `${prefix}voters`, `${prefix}votes:${roundId}`, `${prefix}events`, `${prefix}requests`];
}

const prefixOf = (sessionId: string) => `tally:{${sessionId}}:`;

// What spans sessions lies on other slots, so no script can write it together with a session. Each of these is written before
// the commit that needs it and is only a hint: whoever reads one looks into the session whether it is true.

/** Sorted set of all session ids. */
export const sessionsKey = 'tally:sessions';

/** Sorted set: session ids with a time (ms) before which their last change cannot be. */
export const agesKey = 'tally:ages';

/** Sorted sets: sessions that may have a pending write-back, or a running countdown, with the time of the mark (ms). */
export const writeBacksKey = 'tally:write-backs';
export const revealsKey = 'tally:reveals';

/** String: the session that may have this invite code. */
export const inviteKey = (inviteCode: string) => `tally:invite:${inviteCode}`;

/** String: the session of a round. */
export const roundKey = (roundId: string) => `tally:round:${roundId}`;

/** Set: the estimates that may be of this field of Jira, each as JSON `[session, round]`. */
export const fieldKey = (issueKey: string, track: string) => `tally:field:${track}:${issueKey}`;

/** Set: the estimates that may be of this issue, each as JSON `[session, round, track]`. */
export const issueKeyOf = (issueKey: string) => `tally:issue:${issueKey}`;

/** Sorted set: the sessions that this person may own, by `toOwnedMember`, oldest first. */
export const ownerKey = (ownerSubject: string) => `tally:owner:${ownerSubject}`;

/** Sorts by creation as text: digits of one length. */
export const toOwnedMember = ({ createdAt, id }: { readonly createdAt: Date; readonly id: string }) =>
  `${String(createdAt.getTime()).padStart(15, '0')}/${id}`;

/** Sorted set: sessions where somebody may be online, with the last sign of life (ms). */
export const presenceKey = 'tally:presence';

/** Sorted set: the fields of Jira that took an estimate of ours, each as `PROJECT/field`. */
export const writtenFieldsKey = 'tally:written-fields';

/** Hash: who writes this field of Jira now, and until when. */
export const leaseKey = (issueKey: string, track: string) => `tally:lease:${track}:${issueKey}`;
