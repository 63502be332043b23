import type { WrittenField, WrittenFieldStore } from '../voting-store.ts';
import type { RedisConnection } from './connection.ts';
import { writtenFieldsKey } from './keys.ts';
import { guard } from './unavailable.ts';

// A project's key has no slash; `0` is the character after it.
const toMember = ({ projectKey, fieldId }: WrittenField) => `${projectKey}/${fieldId}`;

function toField(member: string): WrittenField {
  const slash = member.indexOf('/');
  return { projectKey: member.slice(0, slash), fieldId: member.slice(slash + 1) };
}

/** The part of the store that keeps which fields of Jira took an estimate of ours: one sorted set, in the order of characters. */
export function createWrittenFields({ send }: Pick<RedisConnection, 'send'>): WrittenFieldStore {
  const range = async (...bounds: readonly string[]) =>
    ((await send(writtenFieldsKey, 'ZRANGEBYLEX', writtenFieldsKey, ...bounds)) as readonly string[]).map(toField);
  return {
    noteWrittenField: (field) => guard(async () => void (await send(writtenFieldsKey, 'ZADD', writtenFieldsKey, '0', toMember(field)))),

    findWrittenFields: (projectKeys) =>
      guard(async () => (await Promise.all([...new Set(projectKeys)].map((key) => range(`[${key}/`, `(${key}0`)))).flat()),

    listWrittenFields: (after, limit) =>
      guard(() => range(after === undefined ? '-' : `(${toMember(after)}`, '+', 'LIMIT', '0', String(limit))),
  };
}
