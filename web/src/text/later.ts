import type { LaterKey } from './catalog.ts';
import { englishLater } from './englishLater.ts';
import { addEnglish, type Translate, useText } from './text.ts';

addEnglish(englishLater);

/** As `useText`, for parts that are loaded when they are first shown: knows their texts, too. */
export const useLaterText = useText as () => Translate<LaterKey>;
