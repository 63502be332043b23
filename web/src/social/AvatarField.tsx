import { useQuery } from '@apollo/client/react';
import { Avatar } from '../design/Avatar.tsx';
import { AvatarEmojisDocument } from '../generated/later.ts';
import { useSession } from '../session/context.ts';
import { useLaterText } from '../text/later.ts';
import { type Look, toLookText } from './ownAvatar.ts';
import styles from './Social.module.css';

interface AvatarFieldProps {
  readonly value: Look;
  readonly onChange: (value: Look) => void;
}

const tints = [0, 1, 2, 3, 4, 5];

/** An emoji and a colour to be shown as; what others in the session have is not offered. */
export function AvatarField({ value, onChange }: AvatarFieldProps) {
  const { session, me } = useSession();
  const text = useLaterText();
  const { data } = useQuery(AvatarEmojisDocument);
  const taken = new Set(
    session.participants.filter((other) => other.isPresent && other.id !== me?.id).map(({ avatar }) => toLookText(avatar)),
  );
  const isFree = (look: Look) => !taken.has(toLookText(look));
  return (
    <fieldset className={styles.group}>
      <legend>{text('avatar')}</legend>
      <div className={styles.choices}>
        {(data?.avatarEmojis ?? []).map((emoji) => {
          // In the nearest colour that nobody has it in.
          const look = [value.tint, ...tints].map((tint) => ({ emoji, tint })).find(isFree);
          return (
            <label key={emoji} className={styles.choice}>
              <input
                type="radio"
                name="avatar-emoji"
                aria-label={emoji}
                checked={emoji === value.emoji}
                disabled={look === undefined}
                onChange={() => look && onChange(look)}
              />
              <Avatar emoji={emoji} tint={look?.tint ?? value.tint} />
            </label>
          );
        })}
      </div>
      <div className={styles.choices}>
        {tints.map((tint) => (
          <label key={tint} className={styles.choice}>
            <input
              type="radio"
              name="avatar-tint"
              aria-label={text('avatar.colour', { count: tint + 1 })}
              checked={tint === value.tint}
              disabled={!isFree({ emoji: value.emoji, tint })}
              onChange={() => onChange({ emoji: value.emoji, tint })}
            />
            <Avatar emoji={value.emoji} tint={tint} />
          </label>
        ))}
      </div>
    </fieldset>
  );
}
