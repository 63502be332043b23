import { z } from 'zod';

// What the seed system exports: one session for each chat and topic, as its JSON store held them. Unknown fields are left aside.

const time = z.coerce.date();
const votes = z.record(z.string(), z.string());

const task = z.object({
  task_id: z.string().optional(),
  jira_key: z.string().nullish(),
  summary: z.string().default(''),
  /** The agreed number; 0 is one. */
  story_points: z.number().nullish(),
  votes: votes.default({}),
  track_votes: z.record(z.string(), votes).default({}),
  story_points_by_track: z.record(z.string(), z.number().nullable()).default({}),
  completed_at: time.nullish(),
  created_at: time.nullish(),
});

const session = z.object({
  chat_id: z.union([z.number(), z.string()]),
  topic_id: z.union([z.number(), z.string()]).nullish(),
  title: z.string().nullish(),
  participants: z
    .record(
      z.string(),
      z.object({ name: z.string().default(''), role: z.string().default('participant'), team_role: z.string().nullish() }),
    )
    .default({}),
  tasks_queue: z.array(task).default([]),
  last_batch: z.array(task).default([]),
  history: z.array(task).default([]),
  estimation_mode: z.string().nullish(),
});

export type SeedSession = z.output<typeof session>;
export type SeedTask = z.output<typeof task>;

/**
 * The sessions of an export: a list of them, or an object with them under `sessions` or under keys of their own.
 *
 * @throws Error naming what does not fit, by its path.
 */
export function parseSeedFile(text: string): readonly SeedSession[] {
  const content = z.union([z.array(z.unknown()), z.record(z.string(), z.unknown())]).parse(JSON.parse(text));
  const listed = Array.isArray(content) ? content : (content['sessions'] ?? content);
  const parsed = z.array(session).safeParse(Array.isArray(listed) ? listed : Object.values(listed as object));
  if (parsed.success) return parsed.data;
  throw new Error(`This is no export of the seed system:\n${z.prettifyError(parsed.error)}`);
}
