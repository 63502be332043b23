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
