import type { WrittenFieldStore } from '../voting-store.ts';
import { guard } from './unavailable.ts';
import type { RunStatement, Statement } from './votes.ts';

/** Parameters: project, field. */
const noteSql: Statement = {
  name: 'tally_note_written_field',
  text: 'INSERT INTO written_field (project_key, field_id) VALUES ($1, $2) ON CONFLICT DO NOTHING',
};

/** Parameter: projects. */
const findSql: Statement = {
  name: 'tally_find_written_fields',
  text: 'SELECT project_key, field_id FROM written_field WHERE project_key = ANY (ARRAY(SELECT unnest($1::text[])))',
};

/** Parameters: project and field to go on behind, limit. */
const listSql: Statement = {
  name: 'tally_list_written_fields',
  text: `SELECT project_key, field_id FROM written_field WHERE (project_key, field_id) > ($1, $2)
    ORDER BY project_key, field_id LIMIT $3`,
};

/** The part of the store that keeps which fields of Jira took an estimate of ours. */
export function createWrittenFields(run: RunStatement): WrittenFieldStore {
  const toField = (row: Readonly<Record<string, unknown>>) => ({
    projectKey: String(row['project_key']),
    fieldId: String(row['field_id']),
  });
  return {
    noteWrittenField: ({ projectKey, fieldId }) => guard(async () => void (await run(noteSql, [projectKey, fieldId]))),

    findWrittenFields: (projectKeys) => guard(async () => (await run(findSql, [projectKeys])).map(toField)),

    listWrittenFields: (after, limit) =>
      guard(async () => (await run(listSql, [after?.projectKey ?? '', after?.fieldId ?? '', limit])).map(toField)),
  };
}
