import { TallyError, toTallyError } from './errors.ts';
import { isPassing, pause } from './retrying.ts';
import type { Answer } from './transport.ts';

interface Following<Data, Event> {
  /** The revision to go on from. */
  readonly after: number;
  readonly open: (after: number) => Promise<AsyncIterableIterator<Answer<Data>>>;
  readonly toEvent: (data: Data) => Event;
  /** Where to go on after an event; without it a stream has no memory, and what comes while it is lost is gone. */
  readonly toRevision?: (event: Event) => number | null;
}

/**
 * A stream that survives its connections: lost ones are opened again, from the last revision. `return()` ends it at once.
 *
 * @throws TallyError for what trying again does not mend, e.g. CURSOR_EXPIRED or NOT_A_PARTICIPANT.
 */
export function followOn<Data, Event>({
  after: first,
  open,
  toEvent,
  toRevision = () => null,
}: Following<Data, Event>): AsyncIterableIterator<Event> {
  let after = first;
  let stream: AsyncIterableIterator<Answer<Data>> | undefined;
  let losses = 0;
  let isOver = false;

  const read = async (): Promise<Event> => {
    stream ??= await open(after);
    const { done, value } = await stream.next();
    if (done === true) throw new TallyError('NETWORK', 'The stream ended.');
    if (value.data === null) throw toTallyError(value.errors);
    return toEvent(value.data);
  };
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: async () => {
      while (!isOver) {
        try {
          const event = await read();
          losses = 0;
          after = toRevision(event) ?? after;
          return { done: false, value: event };
        } catch (error) {
          await stream?.return?.();
          stream = undefined;
          if (isOver) break;
          // A token that ended is replaced by `open`.
          const isMendable = isPassing(error) || (error instanceof TallyError && error.code === 'TOKEN_EXPIRED' && losses < 3);
          if (!isMendable) throw error;
          losses += 1;
          await pause(losses);
        }
      }
      return { done: true, value: undefined };
    },
    return: async () => {
      isOver = true;
      await stream?.return?.();
      return { done: true, value: undefined };
    },
  };
}
