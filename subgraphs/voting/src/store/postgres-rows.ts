import type * as prisma from '../../../../prisma/generated/client.ts';
import type { Deck, Estimate, EventType, Item, Participant, Round, Session, SessionEvent, Settings, Track, Vote } from '../domain/model.ts';

// Rows as Prisma reads them, to domain data. The strings were written from the domain's unions, so they are read back as such.

export function toSession(row: prisma.Session): Session {
  return {
    id: row.id,
    title: row.title,
    state: row.state as Session['state'],
    revision: row.revision,
    structure: row.structure,
    inviteCode: row.inviteCode,
    deck: row.deck as unknown as Deck,
    settings: row.settings as unknown as Settings,
    tracks: row.tracks as unknown as readonly Track[],
    openRoundId: row.openRoundId,
    openRoundVoters: row.openRoundVoters,
    createdAt: row.createdAt,
    closedAt: row.closedAt,
  };
}

export function toParticipant({ sessionId: _, ...row }: prisma.Participant): Participant {
  return { ...row, role: row.role as Participant['role'] };
}

export function toItem({ sessionId: _, ...row }: prisma.Item): Item {
  return { ...row, state: row.state as Item['state'] };
}

export function toRound({ sessionId: _, ...row }: prisma.Round): Round {
  return { ...row, state: row.state as Round['state'], deck: row.deck as unknown as Deck };
}

export function toEstimate({ sessionId: _, leasedUntil: __, ...row }: prisma.Estimate): Estimate {
  return { ...row, state: row.state as Estimate['state'] };
}

export function toVote({ castAt: _, ...row }: prisma.Vote): Vote {
  return row;
}

export function toEvent({ revision, type, at, actorId, itemId, roundId, participantId }: prisma.Event): SessionEvent {
  return {
    revision,
    type: type as EventType,
    at,
    actorId,
    ...(itemId === null ? {} : { itemId }),
    ...(roundId === null ? {} : { roundId }),
    ...(participantId === null ? {} : { participantId }),
  };
}
