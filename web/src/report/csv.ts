/**
 * A table as CSV (RFC 4180, with a byte order mark so that spreadsheets read it as UTF-8).
 * Text that a spreadsheet would take for a formula gets an apostrophe in front (https://owasp.org/www-community/attacks/CSV_Injection).
 */
export function toCsv(rows: readonly (readonly string[])[]): string {
  return `\uFEFF${rows.map((row) => row.map(toCell).join(',')).join('\r\n')}\r\n`;
}

function toCell(text: string): string {
  const isFormula = /^[\s]*[=+\-@]/u.test(text) || /^[\t\r\n]/u.test(text);
  const isNumber = /^-?\d+(\.\d+)?$/u.test(text);
  const safe = isFormula && !isNumber ? `'${text}` : text;
  return /[",\r\n]/u.test(safe) || safe !== text ? `"${safe.replaceAll('"', '""')}"` : safe;
}
