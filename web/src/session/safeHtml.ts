const allowed = new Set(
  'A B BLOCKQUOTE BR CODE DEL DETAILS DIV EM H1 H2 H3 H4 H5 H6 HR I LI OL P PRE S SPAN STRONG SUB SUMMARY SUP TABLE TBODY TD TH THEAD TR U UL'.split(
    ' ',
  ),
);
const dropped = new Set(['SCRIPT', 'STYLE', 'IFRAME', 'OBJECT', 'EMBED', 'TEMPLATE', 'SVG', 'MATH', 'svg', 'math']);

/** A picture of an issue, at this very router: fetched with the token, for `src` would ask without it. */
const ownPicture = /^\/attachments\/[A-Z][A-Z0-9_]*-\d+\/[\w/-]+$/u;

/** Shows a picture of the session's issues in an element of its own. */
export type ShowPicture = (image: HTMLImageElement, address: string) => void;

/**
 * Foreign HTML as elements without attributes but a link's web address; unknown elements give way to what they hold. Pictures are those of the session's
 * issues, and left to `showPicture`. The graph promises safe HTML: this is the second lock on the door.
 */
export function parseSafeHtml(html: string, showPicture: ShowPicture): DocumentFragment {
  const result = document.createDocumentFragment();
  copyInto(result, new DOMParser().parseFromString(html, 'text/html').body, showPicture);
  return result;
}

function copyInto(target: Node, source: Node, showPicture: ShowPicture): void {
  for (const child of source.childNodes) {
    if (child instanceof Text) target.appendChild(document.createTextNode(child.data));
    if (!(child instanceof Element) || dropped.has(child.tagName)) continue;
    if (!allowed.has(child.tagName)) {
      const picture = child instanceof HTMLImageElement ? (child.getAttribute('src') ?? '') : '';
      if (ownPicture.test(picture)) {
        const image = target.appendChild(document.createElement('img'));
        image.alt = child.getAttribute('alt') ?? '';
        showPicture(image, picture);
      } else copyInto(target, child, showPicture);
      continue;
    }
    const copy = document.createElement(child.tagName);
    const address = child.getAttribute('href');
    if (copy instanceof HTMLAnchorElement && address !== null && /^https?:\/\//u.test(address)) {
      Object.assign(copy, { href: address, target: '_blank', rel: 'noreferrer' });
    }
    copyInto(copy, child, showPicture);
    target.appendChild(copy);
  }
}
