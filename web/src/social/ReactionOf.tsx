import { useStore } from '../store.ts';
import { useLaterText } from '../text/later.ts';
import { emojis, shownReactions } from './reactions.ts';
import styles from './Social.module.css';

/** What somebody shows at this moment, above their seat or face; takes no room. */
export function ReactionOf({ id }: { readonly id: string }) {
  const text = useLaterText();
  const shown = useStore(shownReactions).get(id);
  if (!shown) return null;
  return (
    <span key={shown.number} className={styles.reaction} role="img" aria-label={text(`reaction.${shown.reaction}`)}>
      {emojis[shown.reaction]}
    </span>
  );
}
