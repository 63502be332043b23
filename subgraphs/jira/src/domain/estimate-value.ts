/** How a Jira field keeps an estimate, and so in which form it has to be written. */
export type FieldForm =
  | { readonly kind: 'NUMBER' }
  /** A text field; `hasDecimalComma` as the value that stands there. */
  | { readonly kind: 'TEXT'; readonly hasDecimalComma: boolean }
  /** A select list; its options' texts, undefined when Jira does not tell them. */
  | { readonly kind: 'OPTION'; readonly options: readonly string[] | undefined }
  /** Jira's original time estimate; an estimate of 4 is four hours. */
  | { readonly kind: 'HOURS' }
  /** A field that takes no number, with Jira's name for its type. */
  | { readonly kind: 'OTHER'; readonly type: string };

/** Jira's own field for time estimates, in seconds. It is written as part of `timetracking`. */
const originalEstimate = 'timeoriginalestimate';
const timeTracking = 'timetracking';

/** The name under which a field stands on a screen and is written. */
export function toScreenId(fieldId: string): string {
  return fieldId === originalEstimate ? timeTracking : fieldId;
}

/** What Jira tells of a field's type, in `GET /field` and in an issue's editmeta. */
export interface FieldSchema {
  readonly type?: string | null | undefined;
}

/** The form of a field, by its type, else by the value that stands in it. `allowedValues` are an editmeta's. */
export function toFieldForm(fieldId: string, schema: FieldSchema | undefined, raw: unknown, allowedValues?: unknown): FieldForm {
  if (fieldId === originalEstimate) return { kind: 'HOURS' };
  const type = schema?.type ?? (typeof raw === 'string' ? 'string' : toOptionText(raw) === undefined ? 'number' : 'option');
  switch (type) {
    case 'number':
      return { kind: 'NUMBER' };
    case 'string':
      return { kind: 'TEXT', hasDecimalComma: typeof raw === 'string' && raw.includes(',') };
    case 'option': {
      const options = Array.isArray(allowedValues) ? allowedValues.map(toOptionText).filter((text) => text !== undefined) : undefined;
      return { kind: 'OPTION', options };
    }
    default:
      return { kind: 'OTHER', type };
  }
}

/** The number in a field, whatever its form; null when it is empty or holds no number. Seconds of time estimates become hours. */
export function toEstimate(fieldId: string, raw: unknown): number | null {
  const value = toNumber(toOptionText(raw) ?? raw);
  return value !== null && fieldId === originalEstimate ? value / 3_600 : value;
}

/** Whether something stands there that is no number, so that writing would destroy what nobody has seen. */
export function isUnreadable(fieldId: string, raw: unknown): boolean {
  const isEmpty = raw === undefined || raw === null || (typeof raw === 'string' && raw.trim() === '');
  return !isEmpty && toEstimate(fieldId, raw) === null;
}

/** The `fields` of an edit that puts the value there; undefined when the field has no way to hold it. */
export function toFieldEdit(fieldId: string, form: FieldForm, value: number): Readonly<Record<string, unknown>> | undefined {
  switch (form.kind) {
    case 'NUMBER':
      return { [fieldId]: value };
    case 'TEXT':
      return { [fieldId]: form.hasDecimalComma ? String(value).replace('.', ',') : String(value) };
    case 'OPTION': {
      const option = form.options === undefined ? String(value) : form.options.find((text) => toNumber(text) === value);
      return option === undefined ? undefined : { [fieldId]: { value: option } };
    }
    case 'HOURS':
      return { [timeTracking]: { originalEstimate: toDuration(value) } };
    case 'OTHER':
      return undefined;
  }
}

/** A number, or a text that is one, with a point or a comma. A comma before three digits may part thousands: such a text is none. */
function toNumber(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || !/^\s*[+-]?\d{1,15}(?:[.,]\d{1,15})?\s*$/.test(value) || /,\d{3}\s*$/.test(value)) return null;
  return Number(value.replace(',', '.'));
}

function toOptionText(raw: unknown): string | undefined {
  if (typeof raw !== 'object' || raw === null || !('value' in raw)) return undefined;
  return typeof raw.value === 'string' || typeof raw.value === 'number' ? String(raw.value) : undefined;
}

/** Hours as Jira reads durations whatever the length of its working day: `4h`, `1h 30m`. */
function toDuration(hours: number): string {
  const minutes = Math.round(hours * 60);
  const parts = [
    [Math.floor(minutes / 60), 'h'],
    [minutes % 60, 'm'],
  ] as const;
  const said = parts.filter(([amount]) => amount > 0).map(([amount, unit]) => `${amount}${unit}`);
  return said.length === 0 ? '0m' : said.join(' ');
}

/** Which of the fields that may hold an issue's estimate does. */
export type FieldChoice =
  | { readonly kind: 'one'; readonly fieldId: string }
  | { readonly kind: 'none' }
  /** Nothing decides among them. */
  | { readonly kind: 'several'; readonly fieldIds: readonly string[] };

/**
 * Chooses among candidates: those that the issue has at all (Jira leaves out fields that do not apply to it), of these those that can be edited,
 * of these the only one with a number. Reading and writing agree on it, or every number in another field would be a conflict.
 */
export function chooseField(
  candidates: readonly string[],
  fields: Readonly<Record<string, unknown>>,
  editable?: Readonly<Record<string, unknown>> | null,
): FieldChoice {
  const narrow = (ids: readonly string[], has: (id: string) => boolean) => (ids.some(has) ? ids.filter(has) : ids);
  const present = narrow(candidates, (id) => fields[id] !== undefined);
  const onScreen = narrow(present, (id) => editable !== undefined && editable !== null && toScreenId(id) in editable);
  const valued = narrow(onScreen, (id) => toEstimate(id, fields[id]) !== null);
  const [only] = valued;
  if (only === undefined) return { kind: 'none' };
  return valued.length === 1 ? { kind: 'one', fieldId: only } : { kind: 'several', fieldIds: valued };
}
