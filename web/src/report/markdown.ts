/** A table as Markdown under a heading; what Markdown or HTML would take for markup is shown as it is. */
export function toMarkdown(title: string, lead: string, rows: readonly (readonly string[])[]): string {
  const [header = [], ...body] = rows;
  const lines = [header, header.map(() => '---'), ...body.map((row) => row.map(toPlain))].map((row) => `| ${row.join(' | ')} |`);
  return `# ${toPlain(title)}\n\n${lead}\n\n${lines.join('\n')}\n`;
}

function toPlain(text: string): string {
  if (/^https?:\/\/\S+$/u.test(text)) return `<${text.replaceAll('|', '%7C').replaceAll('>', '%3E')}>`;
  return text
    .replace(/[\\`*_[\]#|~]/gu, '\\$&')
    .replaceAll('<', '&lt;')
    .replace(/\s+/gu, ' ');
}
