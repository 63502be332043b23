import { Switch } from '../design/Field.tsx';
import { useStore } from '../store.ts';
import { useLaterText } from '../text/later.ts';
import { isSoundOn, isTitleMarked, isVibrationOn, notify } from './notices.ts';
import styles from './Social.module.css';

/** How this device tells that a round began, that everyone has voted, that one is nudged. What is switched on is heard at once. */
export function NoticeFields() {
  const text = useLaterText();
  const switches = [
    { label: text('notices.title'), preference: isTitleMarked },
    { label: text('notices.sound'), preference: isSoundOn },
    ...('vibrate' in navigator ? [{ label: text('notices.vibration'), preference: isVibrationOn }] : []),
  ];
  return (
    <fieldset className={styles.group}>
      <legend>{text('notices.legend')}</legend>
      {switches.map(({ label, preference }) => (
        <NoticeSwitch key={label} label={label} preference={preference} />
      ))}
    </fieldset>
  );
}

function NoticeSwitch({ label, preference }: { readonly label: string; readonly preference: typeof isSoundOn }) {
  const isOn = useStore(preference.store);
  const change = (next: boolean) => {
    preference.set(next);
    if (next && preference !== isTitleMarked) notify('started');
  };
  return <Switch label={label} isOn={isOn} onChange={change} />;
}
