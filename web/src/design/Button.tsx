import type { ComponentProps, ReactNode } from 'react';
import styles from './Button.module.css';
import { classes } from './classes.ts';

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'disabled'> {
  readonly look?: 'plain' | 'primary' | 'quiet' | 'danger';
  readonly size?: 'small' | 'medium' | 'large';
  /** Only an icon: `aria-label` is then its name. */
  readonly isIcon?: boolean;
  /** Stays focusable and says that it cannot be pressed now, unlike `disabled`. */
  readonly isDisabled?: boolean;
  /** The key that does the same. */
  readonly shortcut?: string;
  readonly children: ReactNode;
}

/** A button; `type` is `button` unless given. */
export function Button({ look = 'plain', size = 'medium', isIcon, isDisabled, shortcut, children, onClick, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-disabled={isDisabled || undefined}
      aria-keyshortcuts={shortcut}
      title={rest.title ?? (isIcon ? rest['aria-label'] : undefined)}
      className={classes(styles.button, look !== 'plain' && styles[look], size !== 'medium' && styles[size], isIcon && styles.icon)}
      onClick={(event) => {
        if (isDisabled) {
          event.preventDefault();
          return;
        }
        onClick?.(event);
      }}
    >
      {children}
      {shortcut && (
        <span className={styles.hint} aria-hidden="true">
          {shortcut}
        </span>
      )}
    </button>
  );
}
