import { createStore, type Store } from '../store.ts';

/** A choice of one person about how the room looks, remembered in this browser. */
export interface Preference {
  readonly store: Store<boolean>;
  readonly set: (isOn: boolean) => void;
}

/** A preference by its name in this browser's storage. */
export function createPreference(name: string, isOnAtFirst: boolean): Preference {
  const key = `tally.${name}`;
  const kept = localStorage.getItem(key);
  const store = createStore(kept === null ? isOnAtFirst : kept === 'on');
  return {
    store,
    set: (isOn) => {
      localStorage.setItem(key, isOn ? 'on' : 'off');
      store.set(isOn);
    },
  };
}

/** Whether the issue's description stands open; no change of a round folds it. */
export const isIssueOpen = createPreference('issueOpen', true);
/** The same where it has no place beside the table: there it is one tap away, and stays open once it is opened. */
export const isIssueOpenBelow = createPreference('issueOpenBelow', false);
/** Whether revealed cards lie by their value instead of by seat. */
export const isSortedByValue = createPreference('sortByValue', false);
