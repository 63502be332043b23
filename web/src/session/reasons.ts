import type { EstimatePartsFragment, ResultPartsFragment } from '../generated/graph.ts';
import type { Translate } from '../text/text.ts';
import type { Round } from './context.ts';

/** Why a result suggests what it suggests, in the page's language; values are called by their cards. */
export function toSuggestionReason(result: ResultPartsFragment, cards: Round['deck']['cards'], text: Translate): string {
  const { suggestion, median, min, max, distribution, numericCount } = result;
  const most = Math.max(0, ...distribution.filter(({ card }) => card.value === suggestion.value).map(({ count }) => count));
  const labelOf = (value: number | null) => cards.find((card) => card.value === value)?.label ?? value ?? '–';
  return text(`suggestion.${suggestion.reasonCode}`, {
    value: labelOf(suggestion.value),
    median: median ?? '–',
    min: labelOf(min),
    max: labelOf(max),
    percent: Math.round((100 * most) / Math.max(1, numericCount)),
  });
}

/** Why an estimate is not in Jira, in the page's language; with Jira's own words where only those say it. */
export function toWriteBackReason({ state, reason, reasonCode }: EstimatePartsFragment['writeBack'], text: Translate): string {
  if (reasonCode === null) return reason ?? text(`writeBack.${state}`);
  const said = text(`writeBack.reason.${reasonCode}`);
  return reasonCode === 'REFUSED' && reason !== null ? `${said} ${reason}` : said;
}
