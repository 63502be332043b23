import { refuse } from './errors.ts';
import type { Participant, Round, SessionAggregate, Track } from './model.ts';
import { refuseInput } from './reasons.ts';
import { toName } from './text.ts';

export const defaultTracks: readonly Track[] = [{ id: 'estimate', label: 'Estimate', discipline: null }];

/** Ready-made sets of tracks. Whose discipline is null is everybody's. */
export const trackPresets: readonly { readonly name: string; readonly tracks: readonly Track[] }[] = [
  { name: 'single', tracks: defaultTracks },
  {
    name: 'dev-test',
    tracks: [
      { id: 'dev', label: 'Development', discipline: 'development' },
      { id: 'test', label: 'Test', discipline: 'test' },
    ],
  },
  {
    name: 'front-back-qa',
    tracks: [
      { id: 'front', label: 'Frontend', discipline: 'frontend' },
      { id: 'back', label: 'Backend', discipline: 'backend' },
      { id: 'qa', label: 'QA', discipline: 'qa' },
    ],
  },
];

export interface TrackDraft {
  readonly id: string;
  readonly label?: string | null;
  readonly discipline?: string | null;
}

/** A session's tracks: 1 to 6, unique ids. Refuses with INVALID_INPUT. */
export function toTracks(drafts: readonly TrackDraft[]): readonly Track[] {
  if (drafts.length < 1 || drafts.length > 6) refuseInput('OUT_OF_RANGE', { field: 'tracks', least: 1, most: 6, given: drafts.length });
  const tracks = drafts.map(({ id, label, discipline }): Track => {
    if (!/^[a-z0-9_-]{1,32}$/.test(id)) refuseInput('TRACK_ID_FORM', {});
    return {
      id,
      label: toName(label ?? id, { field: 'trackLabel', maxLength: 40 }),
      discipline: discipline == null ? null : toName(discipline, { field: 'discipline', maxLength: 40 }),
    };
  });
  requireEachOnce(tracks.map(({ id }) => id));
  return tracks;
}

/** Refuses with INVALID_INPUT a track that is named again. */
export function requireEachOnce(ids: readonly string[]): void {
  const twice = ids.find((id, at) => ids.indexOf(id) < at);
  if (twice !== undefined) refuseInput('TRACK_TWICE', { track: twice });
}

/** The tracks that a participant votes in: those of their discipline, and those of everyone. */
export function tracksOf(participant: Participant, tracks: readonly Track[]): readonly Track[] {
  return tracks.filter((track) => track.discipline === null || track.discipline === participant.discipline);
}

/** Whether somebody may vote in a track: not in another discipline's than their own; who has named none may vote in all. */
export function mayVoteIn({ discipline }: Participant, track: Track): boolean {
  return track.discipline === null || discipline === null || track.discipline === discipline;
}

/** How many of a round's roster vote in a track. */
export function countVoters({ session, participants }: SessionAggregate, round: Round, trackId: string): number {
  const votesHere = (voter: Participant) => tracksOf(voter, session.tracks).some((track) => track.id === trackId);
  const roster = new Set(round.roster);
  return participants.filter((participant) => roster.has(participant.id) && votesHere(participant)).length;
}

/** The track to vote in: the one named, or the session's first. Refuses with UNKNOWN_TRACK. */
export function getTrack(tracks: readonly Track[], id: string | null | undefined): Track {
  const track = id == null ? tracks[0] : tracks.find((candidate) => candidate.id === id);
  return (
    track ?? refuse('UNKNOWN_TRACK', `The session has no track "${id}"; it has ${tracks.map((candidate) => candidate.id).join(', ')}.`)
  );
}
