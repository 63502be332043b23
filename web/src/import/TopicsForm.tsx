import { useState } from 'react';
import { Button } from '../design/Button.tsx';
import { TextArea } from '../design/Field.tsx';
import { Row, Stack } from '../design/Panel.tsx';
import { showToast } from '../design/Toasts.tsx';
import { AddTopicsDocument } from '../generated/graph.ts';
import { useAction } from '../graph/useAction.ts';
import { useSession } from '../session/context.ts';
import { topicLength } from '../session/quickAdd.ts';
import { useLaterText } from '../text/later.ts';
import { isTooLong } from './room.ts';
import { inSlices } from './slices.ts';

/** Topics in people's own words, one a line. */
export function TopicsForm({ onDone }: { readonly onDone: () => void }) {
  const { session, queue } = useSession();
  const text = useLaterText();
  const [add, isAdding] = useAction(AddTopicsDocument);
  const [typed, setTyped] = useState('');
  const topics = typed
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  const tooLong = typed.split('\n').findIndex((line) => line.trim().length > topicLength);

  async function submit(): Promise<void> {
    if (isTooLong(queue, topics.length)) return;
    const done = await inSlices(topics, async (slice) => (await add({ sessionId: session.id, topics: [...slice] })) !== undefined);
    if (done > 0) showToast('good', text('import.added', { count: done }));
    if (done === topics.length) onDone();
    else setTyped(topics.slice(done).join('\n'));
  }

  return (
    <Stack>
      <TextArea
        label={text('import.topicLines')}
        hint={text('import.topicHint')}
        problem={tooLong < 0 ? undefined : text('import.topicTooLong', { line: tooLong + 1, length: topicLength })}
        rows={6}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Row>
        <Button look="primary" isDisabled={topics.length === 0 || tooLong >= 0 || isAdding} onClick={() => void submit()}>
          {text('import.addTopics', { count: topics.length })}
        </Button>
      </Row>
    </Stack>
  );
}
