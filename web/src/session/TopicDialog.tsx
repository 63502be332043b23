import { useState } from 'react';
import { Button } from '../design/Button.tsx';
import { Dialog } from '../design/Dialog.tsx';
import { TextField } from '../design/Field.tsx';
import { EditTopicDocument, type EditTopicMutation } from '../generated/later.ts';
import { useAction } from '../graph/useAction.ts';
import { useText } from '../text/text.ts';
import type { Item } from './context.ts';

/** Words a topic anew. */
export function TopicDialog({ item, onClose }: { readonly item: Item; readonly onClose: () => void }) {
  const text = useText();
  const [edit] = useAction(EditTopicDocument);
  const [topic, setTopic] = useState(item.topic ?? '');

  function save(): void {
    const editTopic = { __typename: 'SessionItem', id: item.id, topic: topic.trim() };
    void edit({ itemId: item.id, topic: topic.trim() }, { optimisticResponse: { editTopic } as unknown as EditTopicMutation });
    onClose();
  }

  return (
    <Dialog
      title={text('item.edit')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{text('cancel')}</Button>
          <Button look="primary" isDisabled={topic.trim() === ''} onClick={save}>
            {text('save')}
          </Button>
        </>
      }
    >
      <TextField label={text('topic')} value={topic} onChange={(event) => setTopic(event.currentTarget.value)} />
    </Dialog>
  );
}
