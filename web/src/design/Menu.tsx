import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { Button, type ButtonProps } from './Button.tsx';
import { classes } from './classes.ts';
import { Icon, type IconName } from './Icon.tsx';
import styles from './Menu.module.css';

export interface MenuItem {
  readonly label: string;
  readonly icon?: IconName;
  readonly isDanger?: boolean;
  readonly onChoose: () => void;
}

interface MenuProps extends Pick<ButtonProps, 'look' | 'size'> {
  readonly label: string;
  readonly items: readonly MenuItem[];
  readonly children?: ReactNode;
}

const gapPx = 5;
const edgePx = 8;

/** A button that opens a short list of things to do; arrows move in it, Escape closes it. */
export function Menu({ label, items, children, look = 'quiet', size = 'medium' }: MenuProps) {
  const [isOpen, setIsOpen] = useState(false);
  const anchor = useRef<HTMLDivElement>(null);
  const menu = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    const button = anchor.current;
    const list = menu.current;
    if (!isOpen || !button || !list) return;
    list.showPopover();
    return keepBeside(button, list, () => setIsOpen(false));
  }, [isOpen]);

  useEffect(() => {
    if (!isOpen) return;
    menu.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus({ preventScroll: true });
    const closeOutside = (event: Event) => {
      if (event.target instanceof Node && !anchor.current?.contains(event.target)) setIsOpen(false);
    };
    document.addEventListener('pointerdown', closeOutside);
    document.addEventListener('focusin', closeOutside);
    return () => {
      document.removeEventListener('pointerdown', closeOutside);
      document.removeEventListener('focusin', closeOutside);
    };
  }, [isOpen]);

  function onKeyDown(event: React.KeyboardEvent): void {
    if (!isOpen) return;
    const entries = [...(anchor.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
    const at = entries.indexOf(document.activeElement as HTMLElement);
    if (event.key === 'Escape') {
      setIsOpen(false);
      anchor.current?.querySelector('button')?.focus();
    } else if (event.key === 'ArrowDown') entries[(at + 1) % entries.length]?.focus();
    else if (event.key === 'ArrowUp') entries.at(at - 1)?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only listens to the keys of the buttons in it.
    <div ref={anchor} className={styles.anchor} onKeyDown={onKeyDown}>
      <Button
        look={look}
        size={size}
        isIcon={!children}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
      >
        {children ?? <Icon name="more" />}
      </Button>
      {isOpen && (
        <div ref={menu} popover="manual" role="menu" aria-label={label} className={styles.menu}>
          {items.map((item) => (
            <button
              key={item.label}
              type="button"
              role="menuitem"
              tabIndex={-1}
              className={classes(styles.item, item.isDanger && styles.danger)}
              onClick={() => {
                // A dialog that opens now gives the focus back to the button.
                anchor.current?.querySelector('button')?.focus();
                setIsOpen(false);
                item.onChoose();
              }}
            >
              {item.icon && <Icon name={item.icon} size={18} />}
              {item.label}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

/**
 * Keeps an open list at its button, whatever moves the button: a scroll, a resized window, a row above that grows. Calls `onGone` once the button
 * is out of sight. Returns what ends it.
 */
function keepBeside(button: HTMLElement, list: HTMLElement, onGone: () => void): () => void {
  let placedAt = '';
  let frame = 0;
  const follow = () => {
    const { top, right, bottom } = button.getBoundingClientRect();
    const { width, height } = list.getBoundingClientRect();
    const now = [top, right, width, height, innerHeight].join();
    if (now !== placedAt) {
      const below = bottom + gapPx;
      list.style.top = `${Math.max(edgePx, below + height > innerHeight - edgePx ? top - gapPx - height : below)}px`;
      list.style.left = `${Math.max(edgePx, right - width)}px`;
      placedAt = now;
    }
    frame = requestAnimationFrame(follow);
  };
  follow();
  const sight = new IntersectionObserver(([entry]) => {
    if (entry && !entry.isIntersecting) onGone();
  });
  sight.observe(button);
  return () => {
    cancelAnimationFrame(frame);
    sight.disconnect();
  };
}
