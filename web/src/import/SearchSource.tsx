import { useApolloClient } from '@apollo/client/react';
import { useEffect, useRef, useState } from 'react';
import { Button } from '../design/Button.tsx';
import { TextArea } from '../design/Field.tsx';
import { Note, Row, Stack } from '../design/Panel.tsx';
import { toErrorText } from '../graph/errors.ts';
import { Loading } from '../shell/Loading.tsx';
import { useLaterText } from '../text/later.ts';
import { type Found, findMore, findPasted } from './find.ts';
import { Preview } from './Preview.tsx';

type Search =
  | { readonly state: 'idle' | 'searching' }
  | { readonly state: 'found'; readonly found: Found }
  | { readonly state: 'failed'; readonly error: unknown };

interface SearchSourceProps {
  /** Searched for at once, when it is not empty. */
  readonly jql: string;
  readonly onDone: () => void;
}

/** Issues by whatever is pasted: a JQL, keys, or text and links with keys in them. */
export function SearchSource({ jql, onDone }: SearchSourceProps) {
  const client = useApolloClient();
  const text = useLaterText();
  const [typed, setTyped] = useState(jql);
  const [search, setSearch] = useState<Search>({ state: 'idle' });

  async function follow(finding: Promise<Found>): Promise<void> {
    try {
      setSearch({ state: 'found', found: await finding });
    } catch (error) {
      setSearch({ state: 'failed', error });
    }
  }

  function find(): void {
    if (typed.trim() === '') return;
    setSearch({ state: 'searching' });
    void follow(findPasted(client, typed));
  }

  const findFirst = useRef(find);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    findFirst.current();
    // The dialog itself would begin at its button to close.
    field.current?.focus();
  }, []);

  return (
    <Stack>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          find();
        }}
      >
        <Stack>
          <TextArea
            ref={field}
            label={text('import.pasted')}
            hint={text('import.pastedHint')}
            placeholder="project = DEMO AND sprint in openSprints()"
            value={typed}
            rows={3}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <Row>
            <Button
              type="submit"
              look={search.state === 'found' ? 'plain' : 'primary'}
              isDisabled={typed.trim() === '' || search.state === 'searching'}
            >
              {text('import.find')}
            </Button>
          </Row>
        </Stack>
      </form>
      {search.state === 'searching' && <Loading />}
      {search.state === 'failed' && <Note tone="bad">{toErrorText(search.error, text)}</Note>}
      {search.state === 'found' && search.found.jql !== null && search.found.jql !== typed.trim() && (
        <p>
          {text('import.jqlUsed')} <code>{search.found.jql}</code>
        </p>
      )}
      {search.state === 'found' && (
        <Preview key={search.found.id} found={search.found} onMore={() => follow(findMore(client, search.found))} onDone={onDone} />
      )}
    </Stack>
  );
}
