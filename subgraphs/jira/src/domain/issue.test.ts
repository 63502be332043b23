import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findNeighbours, findOfTrack, type Issue, keepNeighbours, type SprintState, toCurrentSprint, toTrackName } from './issue.ts';

const stub = (key: string) => ({ key, summary: `About ${key}`, status: null });
const issue: Issue = {
  id: '10001',
  key: 'SHOP-1',
  url: 'https://jira.example.com/browse/SHOP-1',
  summary: 'Pay by card',
  description: { text: 'a', html: '<p>a</p>' },
  type: { name: 'Story', isSubtask: false },
  status: { name: 'To Do', category: 'TO_DO' },
  priority: 'High',
  assignee: null,
  reporter: { name: 'Ada', avatarUrl: null },
  labels: ['x'],
  components: [],
  parent: stub('EPIC-1'),
  sprint: null,
  estimates: { estimate: 3 },
  created: '2026-01-01T00:00:00.000Z',
  updated: '2026-01-01T00:00:00.000Z',
  subtasks: [stub('SHOP-2'), stub('SHOP-3')],
  links: [
    { relation: 'blocks', issue: stub('APP-1') },
    { relation: 'relates to', issue: stub('APP-2') },
  ],
  extraFields: [],
  pictures: [],
};
const orphan: Issue = { ...issue, parent: null, subtasks: [], links: [] };

describe('the neighbours of an issue', () => {
  it('are its parent, its subtasks and what it links to', () => {
    expect(findNeighbours(issue)).toEqual(['EPIC-1', 'SHOP-2', 'SHOP-3', 'APP-1', 'APP-2']);
    expect(findNeighbours(orphan)).toEqual([]);
  });

  it('that are not to be shown are left out, wherever they stand, and nothing else is', () => {
    fc.assert(
      fc.property(fc.constantFrom(issue, orphan), fc.subarray([...findNeighbours(issue)]), (given, shown) => {
        const kept = keepNeighbours(given, (key) => shown.includes(key));
        expect(findNeighbours(kept)).toEqual(findNeighbours(given).filter((key) => shown.includes(key)));
        const { parent, subtasks, links } = kept;
        expect(kept).toEqual({ ...given, parent, subtasks, links });
      }),
    );
  });
});

it.each<[states: readonly SprintState[], current: number]>([
  [['CLOSED', 'FUTURE', 'ACTIVE'], 2],
  [['ACTIVE', 'FUTURE'], 0],
  [['CLOSED', 'FUTURE', 'FUTURE'], 1],
  [['FUTURE', 'CLOSED'], 0],
  [['CLOSED', 'CLOSED', 'CLOSED'], 2],
])('of sprints that are %j an issue is in number %i: the active one, else the next one, else the last one', (states, current) => {
  const sprints = states.map((state, at) => ({ id: String(at), name: `Sprint ${at}`, state, startDate: null, endDate: null, goal: null }));
  expect(toCurrentSprint(sprints)).toBe(sprints[current]);
});

it('without sprints an issue is in none', () => {
  expect(toCurrentSprint([])).toBeNull();
});

describe('a track', () => {
  it.each(['Front-End', 'front_end', 'FRONT_END', 'front-end'])('is the same however it is spelt: %s', (track) => {
    expect(toTrackName(track)).toBe('front_end');
    expect(findOfTrack({ front_end: 0, back_end: 5 }, track)).toBe(0);
  });

  it.each(['estimate', 'constructor', '__proto__'])('for which nothing is kept has nothing: %s', (track) => {
    expect(findOfTrack({ front_end: 1 }, track)).toBeUndefined();
  });
});
