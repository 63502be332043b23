import { ownerOf } from './access.ts';
import { refuse } from './errors.ts';
import type { Participant, SessionAggregate } from './model.ts';

/**
 * Those of the candidates who may take over from facilitators who are away, the next in line first. In a session of an owner whom the identity
 * provider knows these are people whom it vouches for, and only where there is none of them a guest; a guest has no access to Jira.
 * Guests, and everybody where there is no provider, must have voted in the session or have been named, unless its settings say otherwise.
 */
export function orderSuccessors(
  { session }: SessionAggregate,
  candidates: readonly Participant[],
  voters: ReadonlySet<string>,
): readonly Participant[] {
  const { succession, successors } = session.settings;
  const isNamed = ({ id }: Participant) => successors.includes(id);
  const isVouchedFor = ({ subject }: Participant) => session.ownerSubject !== null && subject !== null;
  const mayFollow = (candidate: Participant) =>
    succession === 'EVERYONE' || isNamed(candidate) || (succession === 'VOTERS' && (voters.has(candidate.id) || isVouchedFor(candidate)));
  const able = candidates.filter(mayFollow);
  const vouchedFor = able.filter(isVouchedFor);
  return inLine(vouchedFor.length > 0 ? vouchedFor : able, [isNamed, ({ role }) => role === 'ESTIMATOR']);
}

/** Who leads on when the last facilitator leaves for good: as `orderSuccessors`, else whoever has been there longest; undefined when nobody stays. */
export function findHeir(state: SessionAggregate, staying: readonly Participant[], voters: ReadonlySet<string>): Participant | undefined {
  return orderSuccessors(state, staying, voters)[0] ?? inLine(staying, [({ role }) => role === 'ESTIMATOR'])[0];
}

/**
 * A facilitator by succession does not turn on those who facilitated before, and nobody turns on the owner.
 * Refuses with NOT_PERMITTED.
 */
export function requireMayOverrule(state: SessionAggregate, actor: Participant, target: Participant): void {
  if (actor.id === target.id) return;
  if (ownerOf(state)?.id === target.id) refuse('NOT_PERMITTED', 'The owner of the session cannot be removed, and stays a facilitator.');
  if (actor.isSuccessor && target.facilitatorRank !== null && target.facilitatorRank < (actor.facilitatorRank ?? 0))
    refuse('NOT_PERMITTED', 'You stand in for this facilitator: only they themselves can give the facilitation up.');
}

/** Stable: those whom an earlier claim fits come first. */
function inLine(candidates: readonly Participant[], claims: readonly ((candidate: Participant) => boolean)[]): readonly Participant[] {
  return claims.reduceRight<readonly Participant[]>(
    (ordered, claim) => [...ordered.filter(claim), ...ordered.filter((candidate) => !claim(candidate))],
    candidates,
  );
}
