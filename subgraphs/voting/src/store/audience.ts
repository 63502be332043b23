import type { Signal } from '../domain/signals.ts';
import type { ChangeListener, SignalListener } from './voting-store.ts';

/** Those in this process who hear what replicas tell each other: ids of sessions that have changed, and signals. */
export interface Audience {
  readonly onChange: (listener: ChangeListener) => () => void;
  readonly onSignal: (listener: SignalListener) => () => void;
  /** Passes on a message, as another replica has sent it. */
  readonly hear: (message: string) => void;
}

// No session's id begins with it. Replicas of a version before signals take one for a change of a session that they do not know.
const mark = '!';

/** A signal as replicas send it to each other, on the channel that session ids go over. */
export function toSignalMessage(sessionId: string, signal: Signal): string {
  return `${mark}${JSON.stringify([sessionId, signal])}`;
}

/** `onListener` is called with each listener, the first of them included: there is something to connect for. */
export function createAudience(onListener: () => void = () => {}): Audience {
  const changeListeners = new Set<ChangeListener>();
  const signalListeners = new Set<SignalListener>();
  const join = <Listener>(listeners: Set<Listener>, listener: Listener): (() => void) => {
    listeners.add(listener);
    onListener();
    return () => void listeners.delete(listener);
  };
  return {
    onChange: (listener) => join(changeListeners, listener),
    onSignal: (listener) => join(signalListeners, listener),
    hear: (message) => {
      if (!message.startsWith(mark)) {
        for (const listener of changeListeners) listener(message);
        return;
      }
      const [sessionId, signal] = JSON.parse(message.slice(mark.length)) as [string, Signal];
      for (const listener of signalListeners) listener(sessionId, signal);
    },
  };
}
