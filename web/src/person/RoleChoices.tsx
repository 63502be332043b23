import { Choices } from '../design/Field.tsx';
import type { Role } from '../generated/graph.ts';
import { useText } from '../text/text.ts';

/** Whether one votes or watches. */
export function RoleChoices({ value, onChange }: { readonly value: Role; readonly onChange: (role: Role) => void }) {
  const text = useText();
  return (
    <Choices
      label={text('join.role')}
      value={value}
      options={[
        { value: 'ESTIMATOR', label: text('role.ESTIMATOR'), hint: text('role.estimatorHint') },
        { value: 'SPECTATOR', label: text('role.SPECTATOR'), hint: text('role.spectatorHint') },
      ]}
      onChange={onChange}
    />
  );
}
