import { describe, expect, it } from 'vitest';
import { applyChange } from './change.ts';
import type { Exported } from './export-rows.ts';
import { toCsv, toHtml, toMarkdown, toSlack } from './exports.ts';
import { toItems } from './items.ts';
import type { SessionAggregate, Vote } from './model.ts';
import { addTopics } from './queue.ts';
import { toReport } from './report.ts';
import { revealRound, startRound } from './rounds.ts';
import { createSession } from './session.ts';
import { settleRound } from './settlements.ts';

const at = (minutes: number) => new Date(Date.UTC(2026, 10, 22, 10, minutes));

/** A session of two topics, the first one estimated at `estimate` after the given cards of Ann and nobody else. */
function played(topic: string, card: string, estimate: number, note: string | null = null): { state: SessionAggregate; votes: Vote[] } {
  let state = createSession({
    id: 's',
    participantId: 'ann',
    inviteCode: 'i',
    title: 'A | B',
    name: 'Ann',
    role: 'ESTIMATOR',
    discipline: null,
    now: at(0),
  });
  const run = (change: Parameters<typeof applyChange>[1] | null) => {
    if (change !== null) state = applyChange(state, change, state.session.revision + 1);
  };
  const acting = (minutes: number) => ({ actorId: 'ann', now: at(minutes) });
  run(
    addTopics(
      state,
      acting(1),
      [topic, 'Later'].map((text, index) => ({ id: `item-${index}`, topic: text })),
    ).change,
  );
  run(startRound(state, acting(2), { id: 'r' }));
  run(revealRound(state, acting(5), 'r'));
  run(settleRound(state, acting(6), { roundId: 'r', estimate }));
  return { state, votes: [{ roundId: 'r', participantId: 'ann', track: 'estimate', card, note }] };
}

const exported = ({ state, votes }: Pick<Exported, 'state' | 'votes'>, issues: Exported['issues'] = new Map()): Exported => ({
  state,
  votes,
  issues,
  report: toReport(state, votes),
});

it("a track's label is escaped in the Markdown table and in the totals", () => {
  const { state, votes } = played('One', '5', 5);
  const session = { ...state.session, tracks: [{ id: 'estimate', label: 'a|b`<x>', discipline: null }] };
  const page = toMarkdown(exported({ state: { ...state, session }, votes }), 'EN');
  expect(page).toContain('a\\|b\\`\\<x\\>');
  expect(page).not.toContain('a|b');
});

describe('a report', () => {
  it('counts items by state, adds up what was settled, and measures the time', () => {
    const { state, votes } = played('One', '5', 5);
    const report = toReport(state, votes);
    expect(report).toMatchObject({
      counts: { ESTIMATED: 1, PENDING: 1, VOTING: 0, SKIPPED: 0, DEFERRED: 0 },
      roundCount: 1,
      voteCount: 1,
      consensusShare: 0,
      totals: [{ track: 'estimate', total: 5, labels: [{ label: '5', count: 1 }] }],
      durationSeconds: 240,
      participants: [{ participant: { name: 'Ann' }, roundCount: 1 }],
      days: [{ date: '2026-11-22', itemCount: 1, totals: [{ track: 'estimate', total: 5 }] }],
    });
  });

  it('keeps 0 apart from nothing in CSV', () => {
    const { state, votes } = played('Zero', '0', 0);
    expect(toCsv(exported({ state, votes }), 'EN').split('\r\n').slice(1, 3)).toEqual([
      'Zero,Zero,,Estimated,0,Vote,,1,0:03:00,1 of 1,no,Not for Jira,2026-11-22T10:06:00.000Z,,,0',
      'Later,Later,,Waiting,,,,0,0:00:00,,,,,,,',
    ]);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '＝1+1', '＠SUM(A1)'])('disarms the formula %s in CSV', (topic) => {
    const { state, votes } = played(topic, '5', 5);
    expect(toCsv(exported({ state, votes }), 'EN').split('\r\n')[1]).toMatch(/^'/);
  });

  it('keeps a text in one cell where semicolons separate, so that no formula begins in its middle', () => {
    const { state, votes } = played('One;=1+1', '5', 5);
    expect(toCsv(exported({ state, votes }), 'EN')).toContain('"One;=1+1","One;=1+1",,Estimated');
  });

  it('quotes commas and quotation marks in CSV', () => {
    const { state, votes } = played('Say "yes", or no', '5', 5);
    expect(toCsv(exported({ state, votes }), 'EN')).toContain('"Say ""yes"", or no",');
  });

  it('says what people wrote with their votes, in a cell and in a list', () => {
    const { state, votes } = played('One', '5', 5, '=the *old* API');
    expect(toCsv(exported({ state, votes }), 'EN').split('\r\n')[1]).toContain(',Ann (5): =the *old* API,5');
    const items = toItems(state.items.map((item) => ({ ...item, decision: item.topic === 'One' ? 'Without the migration' : '' })));
    const decided = exported({ state: { ...state, items }, votes });
    expect(toCsv(decided, 'EN').split('\r\n')[1]).toContain(',Without the migration,Ann (5)');
    expect(toMarkdown(decided, 'EN')).toContain('**One**: Without the migration\n\n- Ann (5)');
    expect(toMarkdown(decided, 'EN')).not.toContain('**Later**');
    expect(toMarkdown(exported({ state, votes }), 'EN')).toContain('**One**\n\n- Ann (5): =the \\*old\\* API\n');
  });

  it('escapes Markdown of titles and topics', () => {
    const { state, votes } = played('a|b <script>', '5', 5);
    const page = toMarkdown(exported({ state, votes }), 'EN');
    expect(page).toContain('# A \\| B');
    expect(page).toContain('1 of 2 items estimated in 1 round, 0:04:00. Estimate: 5. Agreed on: 0%.');
    expect(page).toContain('Voted in rounds: Ann 1.');
    expect(page).toContain('| a\\|b \\<script\\> | Estimated | 5 | 1 | 1 of 1 | no | Not for Jira |');
  });

  it.each(['EN', 'RU', 'DE'] as const)('has the same columns in CSV in %s', (language) => {
    const { state, votes } = played('One', '5', 5);
    const [header = '', line = ''] = toCsv(exported({ state, votes }), language).split('\r\n');
    const separator = language === 'EN' ? ',' : ';';
    expect(header).toMatch(/^\ufeff/);
    expect(header.split(separator)).toHaveLength(16);
    expect(line.split(separator)).toHaveLength(16);
  });

  it.each([
    ['RU', 'Оценено: 1 из 2 пунктов за 1 раунд, 0:04:00. Оценка: 5. С согласием: 0 %.', 'Later: Ждёт'],
    ['DE', '1 von 2 Einträgen geschätzt in 1 Runde, 0:04:00. Schätzung: 5. Mit Einigung: 0 %.', 'Later: Wartet'],
    ['EN', '1 of 2 items estimated in 1 round, 0:04:00. Estimate: 5. Agreed on: 0%.', 'Later: Waiting'],
  ] as const)('is said in %s', (language, summary, waiting) => {
    const { state, votes } = played('One', '5', 5);
    const message = toSlack(exported({ state, votes }), language);
    expect(message).toContain(summary);
    expect(message).toContain(waiting);
    expect(toHtml(exported({ state, votes }), language, true)).toContain(`<p>${summary}</p>`);
  });

  const issues = (url: string) => new Map([['SHOP-1', { summary: 'a & <b> *c* _d_ "e"|f', url }]]);
  const ofIssue = (url = 'https://jira.example/browse/SHOP-1') => {
    const { state, votes } = played('One', '5', 5);
    const items = toItems(state.items.map((item) => (item.topic === 'One' ? { ...item, topic: null, issueKey: 'SHOP-1' } : item)));
    return exported({ state: { ...state, items }, votes }, issues(url));
  };
  const unseen = '\u200b';

  it.each([
    [
      'Slack',
      () => toSlack(ofIssue(), 'EN'),
      `• <https://jira.example/browse/SHOP-1|SHOP-1> a &amp; &lt;b&gt; *${unseen}c*${unseen} _${unseen}d_${unseen} "e"|f: *5* (Voted: 1 of 1)`,
    ],
    [
      'Markdown',
      () => toMarkdown(ofIssue(), 'EN'),
      '| [SHOP-1](https://jira.example/browse/SHOP-1) a \\& \\<b\\> \\*c\\* \\_d\\_ "e"\\|f | Estimated | 5 |',
    ],
    [
      'HTML',
      () => toHtml(ofIssue(), 'EN', true),
      '<td><a href="https://jira.example/browse/SHOP-1">SHOP-1</a> a &amp; &lt;b&gt; *c* _d_ &quot;e&quot;|f</td><td>Estimated</td><td>5</td>',
    ],
    [
      'HTML without a table',
      () => toHtml(ofIssue(), 'EN', false),
      '<li><a href="https://jira.example/browse/SHOP-1">SHOP-1</a> a &amp; &lt;b&gt; *c* _d_ &quot;e&quot;|f: <strong>5</strong> (Voted: 1 of 1)</li>',
    ],
  ])('links an issue and escapes its title in %s', (_name, write, line) => {
    expect(write()).toContain(line);
  });

  it.each(['javascript:alert(1)', 'data:text/html,x'])('links nothing to %s', (url) => {
    for (const page of [
      toSlack(ofIssue(url), 'EN'),
      toMarkdown(ofIssue(url), 'EN'),
      toHtml(ofIssue(url), 'EN', true),
      toCsv(ofIssue(url), 'EN'),
    ])
      expect(page).not.toContain(url);
  });

  it.each(['https://jira.example/a)b', 'https://jira.example/"><script>', 'https://jira.example/a|b>c', 'https://jira.example/a%20b c'])(
    'ends no link early at %s',
    (url) => {
      expect(toSlack(ofIssue(url), 'EN')).toMatch(/<https:[^|<> ]+\|SHOP-1>/);
      expect(toMarkdown(ofIssue(url), 'EN')).toMatch(/\(https:[^() ]+\) a/);
      expect(toHtml(ofIssue(url), 'EN', true)).toMatch(/<a href="https:[^"<>]+">SHOP-1<\/a>/);
      expect(toHtml(ofIssue(url), 'EN', true)).not.toMatch(/%2520|<script/);
    },
  );
});
