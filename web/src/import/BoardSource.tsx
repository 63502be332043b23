import { useApolloClient, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { Button } from '../design/Button.tsx';
import { SelectField } from '../design/Field.tsx';
import { Note, Row, Stack } from '../design/Panel.tsx';
import { SavedSearchesDocument, SprintsDocument } from '../generated/later.ts';
import { byIdentity } from '../graph/connection.ts';
import { toErrorText } from '../graph/errors.ts';
import { Loading } from '../shell/Loading.tsx';
import { useLaterText } from '../text/later.ts';

import { type Found, findByJql, findMore } from './find.ts';
import { Preview } from './Preview.tsx';

/** Issues of a saved filter or of a board's sprint. */
export function BoardSource({ onDone }: { readonly onDone: () => void }) {
  const client = useApolloClient();
  const text = useLaterText();
  const { data, error, loading } = useQuery(SavedSearchesDocument, { errorPolicy: 'all', context: byIdentity });
  const [filterJql, setFilterJql] = useState('');
  const [boardId, setBoardId] = useState('');
  const [sprintId, setSprintId] = useState('');
  const sprints = useQuery(SprintsDocument, { variables: { boardId }, skip: boardId === '', context: byIdentity });
  const [found, setFound] = useState<Found>();
  const [problem, setProblem] = useState<unknown>();

  async function follow(finding: Promise<Found>): Promise<void> {
    setProblem(undefined);
    try {
      setFound(await finding);
    } catch (thrown) {
      setProblem(thrown);
    }
  }

  if (loading) return <Loading />;
  const failure = problem ?? error ?? sprints.error;
  const jql = sprintId === '' ? filterJql : `sprint = ${sprintId} ORDER BY Rank`;
  const choose = text('choose');
  return (
    <Stack>
      <SelectField
        label={text('import.filter')}
        value={filterJql}
        options={[{ value: '', label: choose }, ...(data?.savedFilters ?? []).map((filter) => ({ value: filter.jql, label: filter.name }))]}
        onChange={(value) => {
          setFilterJql(value);
          setBoardId('');
          setSprintId('');
        }}
      />
      <SelectField
        label={text('import.boardName')}
        value={boardId}
        options={[{ value: '', label: choose }, ...(data?.boards ?? []).map((board) => ({ value: board.id, label: board.name }))]}
        onChange={(value) => {
          setBoardId(value);
          setSprintId('');
          setFilterJql('');
        }}
      />
      {boardId !== '' && (
        <SelectField
          label={text('import.sprint')}
          value={sprintId}
          options={[
            { value: '', label: choose },
            ...(sprints.data?.sprints ?? []).map((sprint) => ({ value: sprint.id, label: sprint.name })),
          ]}
          onChange={setSprintId}
        />
      )}
      <Row>
        <Button look={found ? 'plain' : 'primary'} isDisabled={jql === ''} onClick={() => void follow(findByJql(client, jql))}>
          {text('import.find')}
        </Button>
      </Row>
      {failure !== undefined && failure !== null && <Note tone="bad">{toErrorText(failure, text)}</Note>}
      {found && <Preview key={found.id} found={found} onMore={() => follow(findMore(client, found))} onDone={onDone} />}
    </Stack>
  );
}
