const allowed = new Set(
  'A B BLOCKQUOTE BR CODE DEL DETAILS DIV EM H1 H2 H3 H4 H5 H6 HR I LI OL P PRE S SPAN STRONG SUB SUMMARY SUP TABLE TBODY TD TH THEAD TR U UL'.split(
    ' ',
  ),
);
const dropped = new Set(['SCRIPT', 'STYLE', 'IFRAME', 'OBJECT', 'EMBED', 'TEMPLATE', 'SVG', 'MATH', 'svg', 'math']);

/**
 * Foreign HTML as elements without attributes but a link's web address; unknown elements give way to what they hold.
 * The graph promises safe HTML: this is the second lock on the door.
 */
export function parseSafeHtml(html: string): DocumentFragment {
  const result = document.createDocumentFragment();
  copyInto(result, new DOMParser().parseFromString(html, 'text/html').body);
  return result;
}

function copyInto(target: Node, source: Node): void {
  for (const child of source.childNodes) {
    if (child instanceof Text) target.appendChild(document.createTextNode(child.data));
    if (!(child instanceof Element) || dropped.has(child.tagName)) continue;
    if (!allowed.has(child.tagName)) {
      copyInto(target, child);
      continue;
    }
    const copy = document.createElement(child.tagName);
    const address = child.getAttribute('href');
    if (copy instanceof HTMLAnchorElement && address !== null && /^https?:\/\//u.test(address)) {
      Object.assign(copy, { href: address, target: '_blank', rel: 'noreferrer' });
    }
    copyInto(copy, child);
    target.appendChild(copy);
  }
}
