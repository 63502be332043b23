import { showToast } from '../design/Toasts.tsx';
import { mostHeld, type Queue } from '../session/queue.ts';
import { currentText } from '../text/text.ts';

/** Whether the queue would be longer than allowed with so many more; people are told, before a part of them is added. */
export function isTooLong({ itemCount }: Queue, count: number): boolean {
  if (itemCount + count <= mostHeld) return false;
  showToast('bad', currentText()('error.TOO_MANY_ITEMS'));
  return true;
}
