import { describe, expect, it } from 'vitest';
import type { WrittenField } from '../../voting-store.ts';
import type { Grounded } from '../ground.ts';

const inOrder = (fields: readonly WrittenField[]) => fields.map(({ projectKey, fieldId }) => `${projectKey} ${fieldId}`).sort();

export function describeWrittenFields(get: () => Grounded): void {
  describe('notes which fields of Jira took an estimate:', () => {
    it('once each, by project, and of no project whose key only begins alike', async () => {
      const { store, replica } = get();
      const points = { projectKey: 'FIRST', fieldId: 'customfield_10016' };
      expect(await store.findWrittenFields(['FIRST'])).toEqual([]);
      await Promise.all([store.noteWrittenField(points), replica.noteWrittenField(points)]);
      await store.noteWrittenField(points);
      await store.noteWrittenField({ projectKey: 'FIRST', fieldId: 'timeoriginalestimate' });
      await store.noteWrittenField({ projectKey: 'FIRST_2', fieldId: 'customfield_10020' });
      await store.noteWrittenField({ projectKey: 'FIRST0', fieldId: 'customfield_10021' });
      expect(inOrder(await replica.findWrittenFields(['FIRST', 'FIRST']))).toEqual([
        'FIRST customfield_10016',
        'FIRST timeoriginalestimate',
      ]);
      expect(inOrder(await replica.findWrittenFields(['FIRST_2', 'FIRST0']))).toEqual([
        'FIRST0 customfield_10021',
        'FIRST_2 customfield_10020',
      ]);
      expect(await store.findWrittenFields(['FIR', 'first', ''])).toEqual([]);
      expect(await store.findWrittenFields([])).toEqual([]);
    });

    it('and lists all of them in pages, each once, in the same order on every store', async () => {
      const { store } = get();
      const noted = ['LIST customfield_2', 'LIST customfield_10', 'LIST_B customfield_1', 'LISTA customfield_1', 'LIST2 customfield_1'];
      for (const words of noted) {
        const [projectKey = '', fieldId = ''] = words.split(' ');
        await store.noteWrittenField({ projectKey, fieldId });
      }
      const listed: WrittenField[] = [];
      for (
        let page = await store.listWrittenFields(undefined, 2);
        page.length > 0;
        page = await store.listWrittenFields(listed.at(-1), 2)
      ) {
        expect(page.length).toBeLessThanOrEqual(2);
        listed.push(...page);
      }
      const own = listed.map(({ projectKey, fieldId }) => `${projectKey} ${fieldId}`).filter((words) => words.startsWith('LIST'));
      expect(new Set(own)).toEqual(new Set(noted));
      expect(own).toHaveLength(noted.length);
    });
  });
}
