import { SelectField, Switch } from '../design/Field.tsx';
import { useLaterText } from '../text/later.ts';
import { autoReveals, type SettingsDraft, successions } from './settings.ts';

const policies = ['MEDIAN', 'UNANIMOUS', 'WITHIN_ONE_CARD', 'MAJORITY', 'MAX'] as const;

interface SettingsFieldsProps {
  readonly settings: SettingsDraft;
  readonly onChange: (settings: SettingsDraft) => void;
}

/** How a session plays; the same for a new session and a running one. */
export function SettingsFields({ settings, onChange }: SettingsFieldsProps) {
  const text = useLaterText();
  return (
    <>
      <SelectField
        label={text('settings.autoReveal')}
        value={settings.autoReveal}
        options={autoReveals.map((value) => ({
          value,
          label:
            value === 'never'
              ? text('settings.never')
              : value === '0'
                ? text('settings.atOnce')
                : text('settings.afterSeconds', { count: Number(value) }),
        }))}
        onChange={(autoReveal) => onChange({ ...settings, autoReveal })}
      />
      {settings.autoReveal !== 'never' && (
        <Switch
          label={text('settings.waitForAway')}
          isOn={settings.waitForAway}
          onChange={(waitForAway) => onChange({ ...settings, waitForAway })}
        />
      )}
      <SelectField
        label={text('settings.atDeadline')}
        value={settings.atDeadline}
        options={[
          { value: 'NOTHING', label: text('settings.atDeadlineNothing') },
          { value: 'REVEAL', label: text('settings.atDeadlineReveal') },
        ]}
        onChange={(atDeadline) => onChange({ ...settings, atDeadline })}
      />
      <SelectField
        label={text('settings.revealedBy')}
        value={settings.revealedBy}
        options={[
          { value: 'FACILITATORS', label: text('settings.facilitators') },
          { value: 'EVERYONE', label: text('settings.everyone') },
        ]}
        onChange={(revealedBy) => onChange({ ...settings, revealedBy })}
      />
      <SelectField
        label={text('settings.lateJoin')}
        value={settings.lateJoin}
        options={[
          { value: 'NOW', label: text('settings.lateJoinNow') },
          { value: 'NEXT_ROUND', label: text('settings.lateJoinNext') },
        ]}
        onChange={(lateJoin) => onChange({ ...settings, lateJoin })}
      />
      <SelectField
        label={text('settings.policy')}
        value={settings.policy}
        options={policies.map((value) => ({ value, label: text(`policy.${value}`) }))}
        onChange={(policy) => onChange({ ...settings, policy })}
      />
      <SelectField
        label={text('settings.succession')}
        hint={text('settings.successionHint')}
        value={settings.succession}
        options={successions.map((value) => ({
          value,
          label: value === 'never' ? text('settings.noSuccession') : text('timer.minutes', { count: Number(value) / 60 }),
        }))}
        onChange={(succession) => onChange({ ...settings, succession })}
      />
      <Switch
        label={text('settings.joinByApproval')}
        isOn={settings.joinByApproval}
        onChange={(joinByApproval) => onChange({ ...settings, joinByApproval })}
      />
      <Switch label={text('settings.isLocked')} isOn={settings.isLocked} onChange={(isLocked) => onChange({ ...settings, isLocked })} />
      <Switch
        label={text('settings.hideEstimates')}
        isOn={settings.hideEstimates}
        onChange={(hideEstimates) => onChange({ ...settings, hideEstimates })}
      />
      <Switch label={text('settings.writeBack')} isOn={settings.writeBack} onChange={(writeBack) => onChange({ ...settings, writeBack })} />
      {settings.writeBack && (
        <Switch
          label={text('settings.commentDecisions')}
          isOn={settings.commentDecisions}
          onChange={(commentDecisions) => onChange({ ...settings, commentDecisions })}
        />
      )}
    </>
  );
}
