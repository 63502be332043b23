/**
 * An error that a client may see: the code is `extensions.code`, from the service's own closed list (docs/errors.md).
 * Anything else that is thrown is masked and logged.
 */
export class DomainError<Code extends string = string> extends Error {
  override readonly name = 'DomainError';
  readonly code: Code;
  /** Further facts for the client, merged into `extensions`; JSON values, never secrets. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: Code, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

/** The message of whatever was thrown, for logs and start-up errors. */
export function toMessage(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** Reasons that every service refuses bounded inputs by. */
export const boundReasons = {
  OUT_OF_RANGE: '{field}: {least} to {most}, but got: {given}.',
  TOO_LONG: '{field} has {length} characters; {most} are allowed.',
} as const;

type ValueNames<Says extends string> = Says extends `${string}{${infer Name}}${infer Rest}` ? Name | ValueNames<Rest> : never;

/** The values that a reason's sentence has places for; `field` is one of `Field`. */
export type ReasonValues<Says extends string, Field extends string> = {
  readonly [Name in ValueNames<Says>]: Name extends 'field' ? Field : string | number;
};

/**
 * Why an input is refused: `extensions.reason` with its `extensions.values`, so that a client says it in its own language. `says` is the sentence of
 * the message, with the values' names in braces.
 */
export function toReasonedError<Code extends string>(
  code: Code,
  reason: string,
  says: string,
  values: Readonly<Record<string, string | number>>,
): DomainError<Code> {
  const message = says.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
  return new DomainError(code, message, { reason, values });
}
