const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text that is safe inside an element and inside a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => entities[char] ?? '');
}

/** The address when following it can do no harm (http, https, mailto; absolute), else undefined. */
function toSafeHref(href: string): string | undefined {
  if (!URL.canParse(href)) return undefined;
  const url = new URL(href);
  return ['http:', 'https:', 'mailto:'].includes(url.protocol) ? url.href : undefined;
}

/** A link around HTML that is safe already; only that HTML when the address is not safe. */
export function toLink(href: string, html: string): string {
  const safe = toSafeHref(href);
  return safe === undefined ? html : `<a href="${escapeHtml(safe)}" rel="noopener noreferrer nofollow" target="_blank">${html}</a>`;
}
