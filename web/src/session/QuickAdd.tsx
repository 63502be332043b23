import { useApolloClient } from '@apollo/client/react';
import { useId, useRef, useState } from 'react';
import { Button } from '../design/Button.tsx';
import { Icon } from '../design/Icon.tsx';
import { AddIssuesDocument, AddTopicsDocument } from '../generated/graph.ts';
import { ParseIssuesDocument } from '../generated/later.ts';
import { byIdentity } from '../graph/connection.ts';
import { toErrorText } from '../graph/errors.ts';
import { useAction } from '../graph/useAction.ts';
import { useLaterText } from '../text/later.ts';
import { useSession } from './context.ts';
import styles from './QuickAdd.module.css';
import { namesIssues, topicLength } from './quickAdd.ts';

/** One line for the queue: an issue's key or address, else a topic in one's own words. */
export function QuickAdd() {
  const { session } = useSession();
  const client = useApolloClient();
  const text = useLaterText();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string>();
  const [addIssues, isAddingIssues] = useAction(AddIssuesDocument);
  const [addTopics, isAddingTopics] = useAction(AddTopicsDocument);
  const isBusy = isAddingIssues || isAddingTopics;
  const sessionId = session.id;
  const onFailure = (error: unknown) => {
    setProblem(toErrorText(error, text));
    return true;
  };

  /** What is wrong, in words; undefined when it is in the queue. */
  async function addByKeys(line: string): Promise<string | undefined> {
    const { data } = await client.query({
      query: ParseIssuesDocument,
      variables: { text: line },
      fetchPolicy: 'network-only',
      context: byIdentity,
    });
    const { keys = [], notFound = [] } = data?.parseIssues ?? {};
    const found = keys.filter((key) => !notFound.includes(key));
    if (found.length === 0) return text('import.notFound', { keys: notFound.join(', ') || line });
    const added = await addIssues({ sessionId, keys: found }, { onFailure });
    if (added && added.addIssues.added.length === 0) return text('quickAdd.known', { keys: found.join(', ') });
    return notFound.length > 0 ? text('import.notFound', { keys: notFound.join(', ') }) : undefined;
  }

  async function submit(): Promise<void> {
    const line = typed.trim();
    if (line === '' || isBusy) return;
    setProblem(undefined);
    if (namesIssues(line)) {
      try {
        const wrong = await addByKeys(line);
        setProblem((failed) => failed ?? wrong);
        if (wrong === undefined) setTyped('');
      } catch (error) {
        onFailure(error);
      }
      return;
    }
    if (await addTopics({ sessionId, topics: [line] }, { onFailure })) setTyped('');
    field.current?.focus();
  }

  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <input
        ref={field}
        className={styles.field}
        aria-label={text('quickAdd')}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : `${id}-problem`}
        placeholder={text('quickAdd.hint')}
        value={typed}
        maxLength={namesIssues(typed) ? undefined : topicLength}
        autoComplete="off"
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setProblem(undefined);
        }}
      />
      <Button type="submit" size="small" isIcon aria-label={text('quickAdd')} isDisabled={typed.trim() === '' || isBusy}>
        <Icon name="plus" size={18} />
      </Button>
      {problem !== undefined && (
        <span id={`${id}-problem`} className={styles.problem} role="alert">
          {problem}
        </span>
      )}
    </form>
  );
}
