import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { provisions } from '../src/store/testing/provisions.ts';
import { storeKinds } from '../src/stores.ts';
import { startVotingWorld, type VotingWorld } from './world.ts';

const admission = '{ token refreshSecret participant { id name isFacilitator } session { id inviteCode } }';
const create = `mutation { createSession(title: "Sprint 12", name: "Ann") ${admission} }`;
const join = `mutation ($code: String!, $name: String!) { joinSession(inviteCode: $code, name: $name) ${admission} }`;
const refresh = `mutation ($secret: String, $key: String) { refreshToken(refreshSecret: $secret, rotationKey: $key) ${admission} }`;
const day = 86_400_000;

interface Place {
  readonly token: string;
  readonly refreshSecret: string;
  readonly participant: { readonly id: string; readonly name: string; readonly isFacilitator: boolean };
  readonly session: { readonly id: string; readonly inviteCode: string };
}

const all = storeKinds.filter((kind) => provisions[kind].isAvailable);

describe.each(all)('with sessions in %s', (storage) => {
  let world: VotingWorld;
  let time = Date.now();
  beforeAll(async () => {
    world = await startVotingWorld({}, { storage, overrides: { now: () => new Date(time) } });
  });
  afterAll(() => world?.stop());

  const codeOf = async (query: string, variables: object, token?: string) =>
    (await world.ask(query, variables, token)).errors?.[0]?.extensions['code'];
  const open = async (): Promise<Place> => (await world.get(create)).createSession;
  const enter = async ({ session }: Place, name: string): Promise<Place> =>
    (await world.get(join, { code: session.inviteCode, name })).joinSession;
  const comeBack = async (secret: string, key?: string): Promise<Place> => (await world.get(refresh, { secret, key })).refreshToken;
  /** An item that everybody voted on, settled. */
  async function play(facilitator: Place, voters: readonly Place[], topic: string): Promise<void> {
    const id = facilitator.session.id;
    await world.get(
      'mutation ($id: ID!, $topic: String!) { addTopics(sessionId: $id, topics: [$topic]) { added { id } } }',
      { id, topic },
      facilitator.token,
    );
    const { startRound } = await world.get('mutation ($id: ID!) { startRound(sessionId: $id) { id } }', { id }, facilitator.token);
    const round = { id: startRound.id };
    for (const { token } of voters) await world.get('mutation ($id: ID!) { castVote(roundId: $id, card: "5") { id } }', round, token);
    await world.get('mutation ($id: ID!) { revealRound(roundId: $id) { id } }', round, facilitator.token);
    await world.get('mutation ($id: ID!) { settleRound(roundId: $id, estimate: 5) { id } }', round, facilitator.token);
  }

  it('a facilitator and three others come back after a week, read the report, reopen and vote', async () => {
    const ann = await open();
    const guests = [await enter(ann, 'Bob'), await enter(ann, 'Cy'), await enter(ann, 'Dee')];
    await play(ann, guests, 'Before');
    await world.get('mutation { closeSession { state } }', {}, ann.token);
    time += 7 * day;
    for (const { token } of [ann, ...guests]) expect(await codeOf('{ me { id } }', {}, token)).toBe('TOKEN_EXPIRED');
    const [annAgain, ...others] = await Promise.all([ann, ...guests].map(({ refreshSecret }) => comeBack(refreshSecret)));
    if (annAgain === undefined) throw new Error('Nobody came back.');
    expect([annAgain, ...others].map(({ participant }) => participant)).toEqual([ann, ...guests].map(({ participant }) => participant));
    const report = 'query ($id: ID!) { session(id: $id) { state report { estimatedCount voteCount } participants { name } } }';
    for (const { token } of [annAgain, ...others])
      expect((await world.get(report, { id: ann.session.id }, token)).session).toEqual({
        state: 'CLOSED',
        report: { estimatedCount: 1, voteCount: 3 },
        participants: ['Ann', 'Bob', 'Cy', 'Dee'].map((name) => ({ name })),
      });
    await world.get('mutation { reopenSession { state } }', {}, annAgain.token);
    await play(annAgain, others, 'After');
    expect((await world.get(report, { id: ann.session.id }, annAgain.token)).session.report).toEqual({ estimatedCount: 2, voteCount: 6 });
  });

  it('a refresh secret that comes a second time revokes the place on that device, also for who has its successor', async () => {
    const ann = await open();
    const { refreshSecret: next, token } = await comeBack(ann.refreshSecret);
    expect(next).not.toBe(ann.refreshSecret);
    expect(await codeOf(refresh, { secret: ann.refreshSecret })).toBe('TOKEN_INVALID');
    expect(await codeOf(refresh, { secret: next })).toBe('TOKEN_INVALID');
    expect(await codeOf(refresh, {}, token)).toBe('TOKEN_INVALID');
    for (const secret of ['', 'x', `${ann.session.id}.x.y`, next.slice(0, -1)])
      expect(await codeOf(refresh, { secret }), secret).toBe('TOKEN_INVALID');
  });

  it('a retry with the same key gets the same secret, as do many tabs at once, and no longer once that is used', async () => {
    const ann = await open();
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 8 }, () => comeBack(ann.refreshSecret, key)));
    const [next = ''] = answers.map(({ refreshSecret }) => refreshSecret);
    expect(new Set(answers.map(({ refreshSecret }) => refreshSecret)).size).toBe(1);
    await comeBack(next, randomUUID());
    expect(await codeOf(refresh, { secret: ann.refreshSecret, key })).toBe('TOKEN_INVALID');
  });

  it('of two who use one secret at once with keys of their own, at most one keeps the place', async () => {
    const ann = await open();
    const answers = await Promise.all([1, 2].map(() => world.ask(refresh, { secret: ann.refreshSecret, key: randomUUID() })));
    const secrets = answers.flatMap(({ data }) => data?.refreshToken?.refreshSecret ?? []);
    expect(secrets.length).toBeLessThanOrEqual(1);
    for (const secret of secrets) expect(await codeOf(refresh, { secret })).toBe('TOKEN_INVALID');
  });

  it('removal, leaving and signing out everywhere end the places', async () => {
    const ann = await open();
    const [bob, cy] = [await enter(ann, 'Bob'), await enter(ann, 'Cy')];
    await world.get('mutation ($id: ID!) { removeParticipant(participantId: $id) { id } }', { id: bob.participant.id }, ann.token);
    await world.get('mutation { leaveSession { id } }', {}, cy.token);
    for (const { refreshSecret } of [bob, cy]) expect(await codeOf(refresh, { secret: refreshSecret })).toBe('TOKEN_INVALID');
    const { signOutEverywhere: here } = await world.get(`mutation { signOutEverywhere ${admission} }`, {}, ann.token);
    expect(await codeOf(refresh, { secret: ann.refreshSecret })).toBe('TOKEN_INVALID');
    expect((await comeBack(here.refreshSecret)).participant.id).toBe(ann.participant.id);
  });

  it('a second device is the same participant, once, within five minutes', async () => {
    const ann = await open();
    const offer = async () => (await world.get('mutation { createDeviceLink { secret } }', {}, ann.token)).createDeviceLink;
    const use = `mutation ($secret: String!) { useDeviceLink(secret: $secret) ${admission} }`;
    const link = await offer();
    const answers = await Promise.all([1, 2, 3].map(() => world.ask(use, link)));
    const phones = answers.flatMap(({ data }) => data?.useDeviceLink ?? []);
    expect(phones.map(({ participant }: Place) => participant)).toEqual([ann.participant]);
    expect((await comeBack(phones[0].refreshSecret)).participant.id).toBe(ann.participant.id);
    expect((await comeBack(ann.refreshSecret)).participant.id).toBe(ann.participant.id);
    const late = await offer();
    time += 5 * 60_000 + 1_000;
    for (const secret of [late.secret, 'nonsense', ann.refreshSecret]) expect(await codeOf(use, { secret })).toBe('LINK_NOT_FOUND');
  });

  it('tells each how their own votes went by their own secret, nobody of another, and by no other way', async () => {
    const [ann, bob] = [await open(), await open()];
    const cy = await enter(ann, 'Cy');
    await play(ann, [cy], 'Told');
    const ask = `query ($secrets: [String!]!) {
      places(refreshSecrets: $secrets) { agreement { consensusShare estimatedCount own { votedCount sameCount nearCount } } } }`;
    const tell = async (token?: string) =>
      (await world.get(ask, { secrets: [ann, cy, bob].map(({ refreshSecret }) => refreshSecret) }, token)).places.map(
        ({ agreement }: { agreement: { estimatedCount: number; own: { votedCount: number } } }) => [
          agreement.estimatedCount,
          agreement.own.votedCount,
        ],
      );
    // A facilitator's token adds nothing: whose votes are told is whose secret it is.
    for (const token of [undefined, ann.token, cy.token])
      expect(await tell(token)).toEqual([
        [1, 0],
        [1, 1],
        [0, 0],
      ]);
    // A token and another's id are no secret.
    for (const secret of [cy.token, cy.participant.id])
      expect((await world.get(ask, { secrets: [secret] }, ann.token)).places).toEqual([null]);
    // What all may read names nobody.
    const read = 'query ($id: ID!) { session(id: $id) { report { agreement { first last roundCount item { topic } } } } }';
    const { session } = await world.get(read, { id: ann.session.id }, ann.token);
    expect(session.report.agreement).toEqual([{ first: null, last: null, roundCount: 1, item: { topic: 'Told' } }]);
  });

  it('a report link shows the report of a closed session, never a hidden card, and nothing once it is revoked', async () => {
    const ann = await open();
    const bob = await enter(ann, 'Bob');
    await play(ann, [bob], 'Shown');
    expect(await codeOf('mutation { createReportLink { id } }', {}, bob.token)).toBe('NOT_A_FACILITATOR');
    const { createReportLink: link } = await world.get('mutation { createReportLink { id secret } }', {}, ann.token);
    const { addTopics } = await world.get(
      'mutation ($id: ID!) { addTopics(sessionId: $id, topics: ["Hidden"]) { added { id } } }',
      { id: ann.session.id },
      ann.token,
    );
    expect(addTopics.added).toHaveLength(1);
    const { startRound } = await world.get('mutation ($id: ID!) { startRound(sessionId: $id) { id } }', { id: ann.session.id }, ann.token);
    await world.get('mutation ($id: ID!) { castVote(roundId: $id, card: "?") { id } }', { id: startRound.id }, bob.token);
    const read = '{ sharedReport { title state report { csv } items { topic rounds { votes { card { label } } } } } }';
    const { openReport: reader } = await world.get('mutation ($secret: String!) { openReport(secret: $secret) { token } }', link);
    const { sharedReport } = await world.get(read, {}, reader.token);
    expect(sharedReport.items.map(({ rounds }: { rounds: { votes: unknown }[] }) => rounds[0]?.votes)).toEqual([
      [{ card: { label: '5' } }],
      [{ card: null }],
    ]);
    expect(JSON.stringify(sharedReport)).not.toContain('?');
    await world.get('mutation { closeSession { id } }', {}, ann.token);
    expect((await world.get(read, {}, reader.token)).sharedReport.state).toBe('CLOSED');
    for (const query of ['{ me { id } }', 'mutation { leaveSession { id } }', 'mutation { refreshToken { token } }'])
      expect(await codeOf(query, {}, reader.token), query).toBe('NOT_A_PARTICIPANT');
    expect(await codeOf(read, {}, ann.token)).toBe('TOKEN_INVALID');
    await world.get('mutation ($id: ID!) { revokeReportLink(id: $id) }', link, ann.token);
    expect(await codeOf(read, {}, reader.token)).toBe('LINK_NOT_FOUND');
    expect(await codeOf('mutation ($secret: String!) { openReport(secret: $secret) { token } }', link)).toBe('LINK_NOT_FOUND');
  });

  it('a name is taken out of the ledger, and its votes stay', async () => {
    const ann = await open();
    const [bob, cy] = [await enter(ann, 'Bob'), await enter(ann, 'Cy')];
    await play(ann, [bob, cy], 'One');
    await world.get('mutation { removeName { id } }', {}, bob.token);
    const remove = 'mutation ($id: ID!) { removeName(participantId: $id) { id } }';
    expect(await codeOf(remove, { id: cy.participant.id }, ann.token)).toBe('NOT_PERMITTED');
    await world.get('mutation { leaveSession { id } }', {}, cy.token);
    await world.get(remove, { id: cy.participant.id }, ann.token);
    const read = 'query ($id: ID!) { session(id: $id) { participants { name } report { voteCount csv markdown } } }';
    const { session } = await world.get(read, ann.session, ann.token);
    expect(session.participants.map(({ name }: { name: string }) => name)).toEqual(['Ann', 'Former participant', 'Former participant']);
    expect(session.report.voteCount).toBe(2);
    expect(JSON.stringify(session)).not.toMatch(/Bob|Cy/);
    expect(await codeOf(refresh, { secret: bob.refreshSecret })).toBe('TOKEN_INVALID');
  });

  it('a session is deleted by its facilitator, and is gone for everybody', async () => {
    const ann = await open();
    const bob = await enter(ann, 'Bob');
    const remove = 'mutation { deleteSession }';
    expect(await codeOf(remove, {}, bob.token)).toBe('NOT_A_FACILITATOR');
    expect((await world.get(remove, {}, ann.token)).deleteSession).toBe(ann.session.id);
    for (const { token } of [ann, bob]) expect(await codeOf('{ me { id } }', {}, token)).toBe('SESSION_NOT_FOUND');
    expect(await codeOf(refresh, { secret: ann.refreshSecret })).toBe('TOKEN_INVALID');
    expect(await codeOf(join, { code: ann.session.inviteCode, name: 'Eve' })).toBe('INVITE_NOT_FOUND');
  });
});
