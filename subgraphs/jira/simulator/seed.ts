import { criteria, labels, reasons, texts, verbs } from './backlog.ts';
import { drawScreenshot } from './picture.ts';
import { boards, fields, filters, projects as givenProjects, me, statuses, users } from './site.ts';
import type { SimAttachment, SimBlock, SimChange, SimIssue, SimSprint, SimStatus, World } from './world.ts';

export interface SeedOptions {
  readonly seed: number;
  /** Milliseconds; dates of issues and sprints lie around it. */
  readonly now: number;
  /** How many issues to make in all, at least 320. */
  readonly issueCount: number;
}

const dayMs = 86_400_000;

/** A believable site: the same seed, time and count make the same one. */
export function createWorld({ seed, now, issueCount }: SeedOptions): World {
  const random = mulberry32(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const iso = (time: number) => new Date(Math.floor(time / 1000) * 1000).toISOString().replace('Z', '+0000');
  const sprints = createSprints(now);
  // A site of its own: what one changes another must not see.
  const projects = givenProjects.map((project) => ({ ...project }));
  const issues: SimIssue[] = [];
  const shares: Readonly<Record<string, number>> = { SHOP: 0.47, APP: 0.31, OPS: 0.22 };

  for (const owner of projects) {
    const text = texts[owner.key];
    if (text === undefined) continue;
    const epics: SimIssue[] = [];
    const board = boards.find((candidate) => candidate.projectKey === owner.key);
    const ownSprints = sprints.filter((sprint) => sprint.boardId === board?.id);
    const count = Math.ceil(issueCount * (shares[owner.key] ?? 0));
    for (let number = 1; number <= count; number++) {
      const isEpic = number <= text.epics.length;
      const type = isEpic ? 'Epic' : random() < 0.06 ? 'Sub-task' : pick(['Story', 'Story', 'Story', 'Task', 'Bug'] as const);
      const topic = pick(text.topics);
      const thing = pick(topic.things);
      const summary = isEpic ? (text.epics[number - 1] ?? '') : pick(verbs[type === 'Sub-task' || type === 'Epic' ? 'Task' : type])(thing);
      const created = now - dayMs * (20 + 380 * (1 - number / count)) - random() * dayMs;
      const inSprints = isEpic || type === 'Sub-task' ? [] : sprintsOf(ownSprints, random());
      const status = isEpic ? statuses[1] : statusOf(inSprints, random());
      const numbers = new Map<string, number | null>();
      const field = owner.fieldIds[0];
      if (field !== undefined && (inSprints.some((sprint) => sprint.state !== 'future') || random() < 0.15))
        numbers.set(field, pick([0, 1, 1, 2, 3, 3, 5, 5, 8, 13, 0.5]));
      const reporter = pick(users);
      const parentPool = type === 'Sub-task' ? issues.filter((issue) => issue.project === owner && issue.type === 'Story') : epics;
      const parent = isEpic || (type !== 'Sub-task' && random() < 0.3) || parentPool.length === 0 ? null : pick(parentPool);
      const isSubtaskWithoutParent = type === 'Sub-task' && parent === null;
      const updated = Math.min(now - 3_600_000, created + random() * (now - created));
      const changelog: SimChange[] =
        status?.category === 'new'
          ? []
          : [{ at: iso(updated), author: pick(users), field: 'status', from: 'To Do', to: status?.name ?? null }];
      const screenshot = number % 6 === 2 ? createScreenshot(issues.length) : undefined;
      const described = describe(summary, thing, pick, random);
      const issue: SimIssue = {
        id: String(20_000 + issues.length),
        key: `${owner.key}-${number}`,
        formerKeys: [],
        project: owner,
        summary,
        description:
          screenshot === undefined || described.length === 0 ? described : [...described, { kind: 'picture', attachment: screenshot }],
        type: isSubtaskWithoutParent ? 'Task' : type,
        status: status as SimStatus,
        priority: pick(['Highest', 'High', 'Medium', 'Medium', 'Medium', 'Low', 'Lowest']),
        assignee: status?.category === 'new' && random() < 0.7 ? null : pick(users),
        reporter,
        labels: random() < 0.45 ? [...new Set([pick(labels), pick(labels)])] : [],
        components: owner.isTeamManaged ? [] : [topic.component],
        parentId: parent?.id ?? null,
        links: [],
        sprints: inSprints,
        numbers,
        attachments: screenshot === undefined ? [] : [screenshot],
        criteria: owner.key === 'SHOP' && !isEpic && number % 4 === 2 ? toCriteria(number) : [],
        comments: [],
        changelog,
        created: iso(created),
        updated: iso(updated),
        isForbidden: false,
        isReadOnly: false,
        isDeleted: false,
      };
      if (isEpic) epics.push(issue);
      issues.push(issue);
    }
  }
  linkSome(issues, pick, random);
  const moved = issues[10];
  if (moved !== undefined) moved.formerKeys.push('OLD-1');
  const byKey = new Map(issues.flatMap((issue) => [issue.key, ...issue.formerKeys].map((key) => [key, issue] as const)));
  return {
    users,
    me,
    fields,
    projects,
    boards: boards.map((board) => ({ ...board })),
    sprints,
    filters,
    issues,
    byId: new Map(issues.map((issue) => [issue.id, issue])),
    byKey,
  };
}

/** Drawn once: every issue's screenshot is the same one, under another number. */
const screenshot = drawScreenshot(480, 300);

function createScreenshot(at: number): SimAttachment {
  const id = String(30_000 + at);
  return {
    id,
    name: `screenshot-${id}.png`,
    mediaType: 'image/png',
    bytes: screenshot,
    mediaId: `6f1d0c4e-0000-4000-8000-${id.padStart(12, '0')}`,
  };
}

function toCriteria(number: number): readonly SimBlock[] {
  return [{ kind: 'bullets', items: [0, 1].map((at) => criteria[(number + at) % criteria.length] ?? '') }];
}

function createSprints(now: number): SimSprint[] {
  const plan = [
    [1, 11, 'Shop sprint 21', 'closed', -28],
    [1, 12, 'Shop sprint 22', 'closed', -14],
    [1, 13, 'Shop sprint 23', 'active', -3],
    [1, 14, 'Shop sprint 24', 'future', 11],
    [1, 15, 'Shop sprint 25', 'future', 25],
    [2, 21, 'APP Sprint 8', 'closed', -21],
    [2, 22, 'APP Sprint 9', 'active', -6],
    [2, 23, 'APP Sprint 10', 'future', 8],
  ] as const;
  return plan.map(([boardId, id, name, state, startDay]) => ({
    id,
    boardId,
    name,
    state,
    goal: state === 'future' ? '' : 'Fewer abandoned sessions',
    ...(state === 'future'
      ? {}
      : { startDate: new Date(now + startDay * dayMs).toISOString(), endDate: new Date(now + (startDay + 14) * dayMs).toISOString() }),
  }));
}

function sprintsOf(sprints: readonly SimSprint[], chance: number): readonly SimSprint[] {
  if (sprints.length === 0 || chance < 0.45) return [];
  const index = Math.min(sprints.length - 1, Math.floor(((chance - 0.45) / 0.55) * sprints.length));
  const sprint = sprints[index];
  return sprint === undefined ? [] : [sprint];
}

function statusOf(sprints: readonly SimSprint[], chance: number): SimStatus | undefined {
  const state = sprints[0]?.state;
  if (state === 'closed') return statuses[3];
  if (state === 'active') return statuses[Math.floor(chance * 4)];
  return statuses[0];
}

function describe(summary: string, thing: string, pick: <T>(list: readonly T[]) => T, random: () => number): readonly SimBlock[] {
  if (random() < 0.08) return [];
  const blocks: SimBlock[] = [
    { kind: 'paragraph', text: `${summary}. ${pick(reasons)}` },
    { kind: 'heading', text: 'Done when' },
    { kind: 'bullets', items: [...new Set([pick(criteria), pick(criteria), pick(criteria)])] },
  ];
  if (random() < 0.2) blocks.push({ kind: 'code', language: 'json', text: `{ "feature": "${thing}", "enabled": true }` });
  if (random() < 0.3) blocks.push({ kind: 'link', text: 'Design notes', href: 'https://example.com/design?page=1&view=2' });
  return blocks;
}

function linkSome(issues: readonly SimIssue[], pick: <T>(list: readonly T[]) => T, random: () => number): void {
  for (const issue of issues) {
    if (issue.type === 'Epic' || random() > 0.12) continue;
    const other = pick(issues);
    if (other === issue || other.type === 'Epic') continue;
    const relation = pick(['Blocks', 'Relates'] as const);
    issue.links.push({ relation, direction: 'outward', issueId: other.id });
    other.links.push({ relation, direction: 'inward', issueId: issue.id });
  }
}

// Small, fast and the same everywhere: https://gist.github.com/tommyettinger/46a874533244883189143505d203312c
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
