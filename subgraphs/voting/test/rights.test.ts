import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Provider, startProvider } from '../../../tests/setup/identity-provider.ts';
import { startVotingWorld, type VotingWorld } from './world.ts';

// Each cell of SECURITY.md's table of rights: what it says is what the service answers.

const page = readFileSync(new URL('../../../SECURITY.md', import.meta.url), 'utf8');

/** The rows of the table under a heading, header and rule left out. */
function readTable(heading: string): readonly (readonly string[])[] {
  const [, section = ''] = page.split(`### ${heading}\n`);
  const lines = (section.split('\n#')[0] ?? '').split('\n').filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );
}

const roles = ['somebody with the invite link', 'participant', 'facilitator', 'owner', 'report reader'] as const;
type Role = (typeof roles)[number];

interface Cast {
  readonly tokens: Readonly<Record<Role, string | undefined>>;
  readonly variables: Readonly<Record<string, string>>;
}

const actions: Readonly<Record<string, string>> = {
  'join by the invite code': 'mutation ($code: String!) { joinSession(inviteCode: $code, name: "N") { token } }',
  'read the session': 'query ($id: ID!) { session(id: $id) { title } }',
  vote: 'mutation ($round: ID!) { castVote(roundId: $round, card: "5") { id } }',
  'steer: topics, rounds, settings': 'mutation ($id: ID!) { addTopics(sessionId: $id, topics: ["X"]) { added { id } } }',
  'search Jira, add from it': 'query ($id: ID!) { previewIssues(sessionId: $id, jql: "project = A") { notFound } }',
  'remove the owner': 'mutation ($owner: ID!) { removeParticipant(participantId: $owner) { id } }',
  'let in who waits': 'mutation { admitWaiting { id } }',
  'make a report link': 'mutation { createReportLink { id } }',
  'read the shared report': '{ sharedReport { title } }',
  'delete the session': 'mutation { deleteSession }',
};

describe.each(['open', 'oidc'] as const)('with AUTH=%s', (auth) => {
  let provider: Provider;
  let world: VotingWorld;
  beforeAll(async () => {
    provider = await startProvider();
    world = await startVotingWorld(auth === 'open' ? {} : { AUTH: 'oidc', OIDC_ISSUER: provider.url, OIDC_AUDIENCE: 'tally' });
  });
  afterAll(async () => {
    await world?.stop();
    await provider?.stop();
  });

  async function setUp(): Promise<Cast> {
    const admission = '{ token participant { id } session { id inviteCode } }';
    const identity = auth === 'open' ? undefined : await provider.sign('ann');
    const { createSession: owner } = await world.get(`mutation { createSession(title: "T", name: "Ann") ${admission} }`, {}, identity);
    const { id, inviteCode: code } = owner.session;
    const join = `mutation ($code: String!, $name: String!) { joinSession(inviteCode: $code, name: $name) ${admission} }`;
    const { joinSession: facilitator } = await world.get(join, { code, name: 'Flo' });
    const { joinSession: participant } = await world.get(join, { code, name: 'Pat' });
    const grant = 'mutation ($id: ID!) { grantFacilitation(participantId: $id) { id } }';
    await world.get(grant, { id: facilitator.participant.id }, owner.token);
    await world.get('mutation ($id: ID!) { addTopics(sessionId: $id, topics: ["A"]) { added { id } } }', { id }, owner.token);
    const { startRound } = await world.get('mutation ($id: ID!) { startRound(sessionId: $id) { id } }', { id }, owner.token);
    const { createReportLink } = await world.get('mutation { createReportLink { secret } }', {}, owner.token);
    const { openReport } = await world.get('mutation ($secret: String!) { openReport(secret: $secret) { token } }', createReportLink);
    return {
      tokens: {
        'somebody with the invite link': undefined,
        participant: participant.token,
        facilitator: facilitator.token,
        owner: owner.token,
        'report reader': openReport.token,
      },
      variables: { id, code, round: startRound.id, owner: owner.participant.id },
    };
  }

  const table = readTable(`With AUTH=${auth}`);

  it('the table has every action and a cell for every role', () => {
    expect(table.map(([action]) => action)).toEqual(Object.keys(actions));
    expect(table.map((row) => row.length)).toEqual(table.map(() => roles.length + 1));
  });

  const cells = table.flatMap(([action = '', ...row]) => roles.map((role, place) => [role, action, row[place] ?? ''] as const));
  it.each(cells)('%s: %s? %s', async (role, action, cell) => {
    const { tokens, variables } = await setUp();
    const [, declared = ''] = /\(([^)]*\$[^)]*)\) \{/.exec(actions[action] ?? '') ?? [];
    const used = Object.fromEntries(Object.entries(variables).filter(([name]) => declared.includes(`$${name}:`)));
    const code = (await world.ask(actions[action] ?? '', used, tokens[role])).errors?.[0]?.extensions['code'] ?? 'yes';
    // Nobody answers for Jira here: JIRA_UNAVAILABLE is from behind the door.
    expect(code === 'JIRA_UNAVAILABLE' ? 'yes' : code).toBe(cell.replaceAll('`', ''));
  });
});
