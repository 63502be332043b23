import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startVotingWorld, storages, type VotingWorld } from './world.ts';

const admission = '{ token refreshSecret participant { id name isFacilitator } session { id inviteCode } }';
const join = `mutation ($code: String!, $name: String!) { joinSession(inviteCode: $code, name: $name) ${admission} }`;
const refresh = `mutation ($secret: String, $key: String) { refreshToken(refreshSecret: $secret, rotationKey: $key) ${admission} }`;
const use = `mutation ($secret: String!) { useDeviceLink(secret: $secret) ${admission} }`;
const openReport = 'mutation ($secret: String!) { openReport(secret: $secret) { token } }';
const shared =
  '{ sharedReport { title state participants { name } items { topic rounds { votes { card { label } } results { mean } } } report { csv } } }';

interface Place {
  readonly token: string;
  readonly refreshSecret: string;
  readonly participant: { readonly id: string };
  readonly session: { readonly id: string; readonly inviteCode: string };
}

describe.each(storages)('places, tried as a stranger and a clumsy person would, on $storage:', ({ storage }) => {
  let world: VotingWorld;
  beforeAll(async () => {
    world = await startVotingWorld({}, { storage });
  });
  afterAll(() => world?.stop());

  const codeOf = async (query: string, variables: object, token?: string) =>
    (await world.ask(query, variables, token)).errors?.[0]?.extensions['code'] ?? 'yes';
  const open = async (): Promise<Place> =>
    (await world.get(`mutation { createSession(title: "T", name: "Ann") ${admission} }`)).createSession;
  const enter = async ({ session }: Place, name: string): Promise<Place> =>
    (await world.get(join, { code: session.inviteCode, name })).joinSession;
  const offer = async ({ token }: Place): Promise<string> =>
    (await world.get('mutation { createDeviceLink { secret } }', {}, token)).createDeviceLink.secret;
  const report = async ({ token }: Place): Promise<{ readonly id: string; readonly secret: string }> =>
    (await world.get('mutation { createReportLink { id secret } }', {}, token)).createReportLink;
  const read = async (secret: string): Promise<string> => (await world.get(openReport, { secret })).openReport.token;

  it('eight tabs that renew at once, and again with what they got, are one person who stays', async () => {
    let { refreshSecret: secret } = await open();
    for (let turn = 0; turn < 5; turn += 1) {
      const key = randomUUID();
      const answers = await Promise.all(Array.from({ length: 8 }, () => world.get(refresh, { secret, key })));
      expect(new Set(answers.map(({ refreshToken }) => refreshToken.refreshSecret)).size).toBe(1);
      secret = answers[0]?.refreshToken.refreshSecret;
    }
  });

  it('a locked, paused or closed session is come back to; a deleted one is not', async () => {
    const ann = await open();
    let secret = (await enter(ann, 'Bob')).refreshSecret;
    for (const change of [
      'updateSession(settings: { isLocked: true, joinByApproval: true }) { id }',
      'pauseSession { id }',
      'closeSession { id }',
    ]) {
      await world.get(`mutation { ${change} }`, {}, ann.token);
      secret = (await world.get(refresh, { secret })).refreshToken.refreshSecret;
    }
    await world.get('mutation { deleteSession }', {}, ann.token);
    expect(await codeOf(refresh, { secret })).toBe('TOKEN_INVALID');
    expect(await codeOf(refresh, { secret: ann.refreshSecret })).toBe('TOKEN_INVALID');
  });

  it('a device link of somebody who was removed, left or took out their name opens nothing; nor does one of before signing out', async () => {
    const ann = await open();
    const [bob, cy, dee] = [await enter(ann, 'Bob'), await enter(ann, 'Cy'), await enter(ann, 'Dee')];
    const links = [await offer(bob), await offer(cy), await offer(dee), await offer(ann)];
    await world.get('mutation ($id: ID!) { removeParticipant(participantId: $id) { id } }', { id: bob.participant.id }, ann.token);
    await world.get('mutation { leaveSession { id } }', {}, cy.token);
    await world.get('mutation { removeName { id } }', {}, dee.token);
    await world.get('mutation { signOutEverywhere { token } }', {}, ann.token);
    for (const secret of links) expect(await codeOf(use, { secret })).toBe('LINK_NOT_FOUND');
  });

  it('each kind of secret opens its own door only, and none with a letter changed or of another session', async () => {
    const [ann, eve] = [await open(), await open()];
    const secrets = { refresh: ann.refreshSecret, device: await offer(ann), report: (await report(ann)).secret };
    const foreign = (secret: string) => secret.replace(ann.session.id, eve.session.id);
    const changed = (secret: string) => `${secret.slice(0, -2)}${secret.at(-2) === 'A' ? 'B' : 'A'}${secret.at(-1)}`;
    const doors = { refresh: [refresh, 'TOKEN_INVALID'], device: [use, 'LINK_NOT_FOUND'], report: [openReport, 'LINK_NOT_FOUND'] } as const;
    for (const [door, [query, code]] of Object.entries(doors))
      for (const [kind, secret] of Object.entries(secrets)) {
        const tried = kind === door ? [foreign(secret)] : [secret, foreign(secret), changed(secret)];
        for (const each of tried) expect([door, kind, await codeOf(query, { secret: each })]).toEqual([door, kind, code]);
      }
    for (const secret of Object.values(secrets)) expect(await codeOf('{ me { id } }', {}, secret)).toBe('TOKEN_INVALID');
    expect(await codeOf(use, { secret: secrets.device })).toBe('yes');
  });

  it('a report link goes on after closing and reopening, shows nothing of the open round, and ends with the session', async () => {
    const ann = await open();
    const link = await report(ann);
    const token = await read(link.secret);
    await world.get('mutation { closeSession { id } }', {}, ann.token);
    await world.get('mutation { reopenSession { id } }', {}, ann.token);
    const { id } = ann.session;
    await world.get('mutation ($id: ID!) { addTopics(sessionId: $id, topics: ["Hidden"]) { added { id } } }', { id }, ann.token);
    const { startRound } = await world.get('mutation ($id: ID!) { startRound(sessionId: $id) { id } }', { id }, ann.token);
    await world.get('mutation ($id: ID!) { castVote(roundId: $id, card: "89") { id } }', { id: startRound.id }, ann.token);
    const { sharedReport } = await world.get(shared, {}, token);
    expect(sharedReport.items[0].rounds).toEqual([{ votes: [{ card: null }], results: [] }]);
    expect(JSON.stringify(sharedReport)).not.toContain('89');
    const others = [
      ['query ($id: ID!) { session(id: $id) { id } }', { id }],
      ['query ($id: ID!) { myVote(roundId: $id) { card { label } } }', { id: startRound.id }],
      ['mutation ($id: ID!) { castVote(roundId: $id, card: "1") { id } }', { id: startRound.id }],
      ['mutation { createReportLink { id } }', {}],
      ['mutation { createDeviceLink { secret } }', {}],
      ['{ reportLinks { id } }', {}],
      ['mutation { deleteSession }', {}],
    ] as const;
    for (const [query, variables] of others) expect([query, await codeOf(query, variables, token)]).toEqual([query, 'NOT_A_PARTICIPANT']);
    await world.get('mutation { deleteSession }', {}, ann.token);
    expect(await codeOf(shared, {}, token)).toBe('LINK_NOT_FOUND');
    expect(await codeOf(openReport, { secret: link.secret })).toBe('LINK_NOT_FOUND');
  });

  it('whoever made a report link may go, the link stays, until a facilitator revokes it, also twice', async () => {
    const ann = await open();
    const bob = await enter(ann, 'Bob');
    await world.get('mutation ($id: ID!) { grantFacilitation(participantId: $id) { id } }', { id: bob.participant.id }, ann.token);
    const link = await report(bob);
    await world.get('mutation { removeName { id } }', {}, bob.token);
    expect(await codeOf(shared, {}, await read(link.secret))).toBe('yes');
    const { reportLinks } = await world.get('{ reportLinks { id createdBy { name } } }', {}, ann.token);
    expect(reportLinks).toEqual([{ id: link.id, createdBy: { name: 'Former participant' } }]);
    const token = await read(link.secret);
    const revoke = 'mutation ($id: ID!) { revokeReportLink(id: $id) }';
    for (const turn of ['once', 'twice']) expect([turn, await codeOf(revoke, { id: link.id }, ann.token)]).toEqual([turn, 'yes']);
    expect(await codeOf(shared, {}, token)).toBe('LINK_NOT_FOUND');
    // An id is no key to others' secrets: a refresh credential is not revoked by it.
    expect(await codeOf(revoke, { id: ann.refreshSecret.split('.')[1] ?? '' }, ann.token)).toBe('yes');
    expect(await codeOf(refresh, { secret: ann.refreshSecret })).toBe('yes');
  });
});
