/** How a page is written in one markup: what comes in as `text` is plain, what goes out is marked up. */
export interface Markup {
  readonly text: (plain: string) => string;
  readonly strong: (marked: string) => string;
  readonly link: (url: string, marked: string) => string;
  readonly heading: (marked: string) => string;
  readonly paragraph: (marked: string) => string;
  readonly list: (lines: readonly string[]) => string;
  readonly table: (header: readonly string[], rows: readonly (readonly string[])[]) => string;
  /** What stands between blocks, and at the end. */
  readonly gap: string;
}

const onOneLine = (plain: string) => plain.replace(/\s+/g, ' ').trim();

/** An address in which nothing ends a link early. What is written as an escape stays one. */
const toAddress = (url: string) => encodeURI(url).replaceAll('%25', '%').replaceAll('(', '%28').replaceAll(')', '%29');

// https://spec.commonmark.org/0.31.2/#backslash-escapes, and the bars of GFM's tables.
export const markdown: Markup = {
  text: (plain) => onOneLine(plain).replace(/[\\`*_{}[\]<>#|!~&]/g, (mark) => `\\${mark}`),
  strong: (marked) => `**${marked}**`,
  link: (url, marked) => `[${marked}](${toAddress(url)})`,
  heading: (marked) => `# ${marked}`,
  paragraph: (marked) => marked,
  list: (lines) => lines.map((line) => `- ${line}`).join('\n'),
  table: (header, rows) => [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n'),
  gap: '\n\n',
};

/** U+200B: Slack begins nothing at a mark that something unseen follows; mrkdwn has no other way to say that it is meant. */
const unseen = '\u200b';

// https://docs.slack.dev/messaging/formatting-message-text: three characters are escaped, the marks cannot be. There are no tables.
export const mrkdwn: Markup = {
  text: (plain) => escapeAngles(onOneLine(plain)).replace(/[*_~`]/g, (mark) => `${mark}${unseen}`),
  strong: (marked) => (marked === '' ? '' : `*${marked}*`),
  link: (url, marked) => `<${escapeAngles(toAddress(url))}|${marked.replaceAll('|', '¦')}>`,
  heading: (marked) => `*${marked}*`,
  paragraph: (marked) => marked,
  list: (lines) => lines.map((line) => `• ${line}`).join('\n'),
  table: (header, rows) => [header, ...rows].map((cells) => cells.join(' · ')).join('\n'),
  gap: '\n\n',
};

export const html: Markup = {
  text: (plain) => escapeAngles(onOneLine(plain)).replaceAll('"', '&quot;'),
  strong: (marked) => `<strong>${marked}</strong>`,
  link: (url, marked) => `<a href="${escapeAngles(toAddress(url))}">${marked}</a>`,
  heading: (marked) => `<h2>${marked}</h2>`,
  paragraph: (marked) => `<p>${marked}</p>`,
  list: (lines) => `<ul>${lines.map((line) => `<li>${line}</li>`).join('')}</ul>`,
  table: (header, rows) =>
    `<table><thead>${toRow('th', header)}</thead><tbody>${rows.map((cells) => toRow('td', cells)).join('')}</tbody></table>`,
  gap: '\n',
};

function toRow(cell: 'th' | 'td', cells: readonly string[]): string {
  return `<tr>${cells.map((content) => `<${cell}>${content}</${cell}>`).join('')}</tr>`;
}

function escapeAngles(plain: string): string {
  return plain.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
