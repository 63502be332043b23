import type { Answer } from './answer.ts';
import { findIssue, isVisible, type SimBlock, type SimIssue, type World } from './world.ts';

/** `/browse/{key}`, the page of an issue that Jira shows people, here without signing in; a former key leads to the present one. Undefined: no such path. */
export function answerBrowse(world: World, method: string, path: string): Answer | undefined {
  const [, key] = /^\/browse\/([^/]+)\/?$/.exec(path) ?? [];
  if (key === undefined || method !== 'GET') return undefined;
  const issue = findIssue(world, key);
  if (issue === undefined || !isVisible(issue))
    return toPage(404, 'No such issue', `<p>There is no issue ${toHtmlText(key)} in this simulated Jira.</p>`);
  if (issue.key !== key) return { status: 302, headers: { location: `/browse/${issue.key}` } };
  return toPage(200, `${issue.key} ${issue.summary}`, toArticle(world, issue));
}

function toArticle(world: World, issue: SimIssue): string {
  const parent = issue.parentId === null ? undefined : world.byId.get(issue.parentId);
  const children = world.issues.filter((other) => other.parentId === issue.id && isVisible(other));
  const linked = issue.links.flatMap(({ relation, issueId }) => {
    const other = world.byId.get(issueId);
    return other === undefined || !isVisible(other) ? [] : [`${toHtmlText(relation)}: ${toLink(other)}`];
  });
  const numbers = world.fields.flatMap(({ id, name }) => {
    const value = issue.numbers.get(id);
    return value === undefined || value === null ? [] : [[name, String(value)] as const];
  });
  const facts = [
    ['Type', issue.type],
    ['Status', issue.status.name],
    ['Priority', issue.priority],
    ['Assignee', issue.assignee?.displayName ?? 'Nobody'],
    ['Labels', issue.labels.join(', ')],
    ['Components', issue.components.join(', ')],
    ...numbers,
  ].filter(([, value]) => value !== '');
  return [
    parent === undefined ? '' : `<p>${toLink(parent)}</p>`,
    `<h1><small>${toHtmlText(issue.key)}</small> ${toHtmlText(issue.summary)}</h1>`,
    `<dl>${facts.map(([name = '', value = '']) => `<div><dt>${toHtmlText(name)}</dt><dd>${toHtmlText(value)}</dd></div>`).join('')}</dl>`,
    ...issue.description.map(toHtml),
    issue.criteria.length === 0 ? '' : `<h2>Acceptance criteria</h2>${issue.criteria.map(toHtml).join('')}`,
    toList('Child issues', children.map(toLink)),
    toList('Links', linked),
    toList(
      'Comments',
      issue.comments.map(({ author, body }) => `<strong>${toHtmlText(author.displayName)}</strong>: ${toHtmlText(toText(body))}`),
    ),
  ].join('\n');
}

function toList(title: string, entries: readonly string[]): string {
  return entries.length === 0 ? '' : `<h2>${title}</h2><ul>${entries.map((entry) => `<li>${entry}</li>`).join('')}</ul>`;
}

function toLink({ key, summary }: SimIssue): string {
  return `<a href="/browse/${encodeURIComponent(key)}">${toHtmlText(key)}</a> ${toHtmlText(summary)}`;
}

function toHtml(block: SimBlock): string {
  switch (block.kind) {
    case 'heading':
      return `<h2>${toHtmlText(block.text)}</h2>`;
    case 'paragraph':
      return `<p>${toHtmlText(block.text)}</p>`;
    case 'bullets':
      return `<ul>${block.items.map((item) => `<li>${toHtmlText(item)}</li>`).join('')}</ul>`;
    case 'code':
      return `<pre>${toHtmlText(block.text)}</pre>`;
    case 'link':
      return `<p><a href="${toHtmlText(block.href)}" rel="noreferrer">${toHtmlText(block.text)}</a></p>`;
    case 'picture':
      return `<img src="/__media/file/${encodeURIComponent(block.attachment.mediaId)}/binary" alt="${toHtmlText(block.attachment.name)}">`;
  }
}

/** A comment's words: of an Atlassian document, or wiki text as it is. */
function toText(body: unknown): string {
  if (typeof body === 'string') return body;
  if (Array.isArray(body)) return body.map(toText).join(' ');
  if (typeof body !== 'object' || body === null) return '';
  const { text, content } = body as { readonly text?: unknown; readonly content?: unknown };
  return typeof text === 'string' ? text : toText(content);
}

function toPage(status: number, title: string, content: string): Answer {
  const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${toHtmlText(title)}</title>
<style>
  body { max-width: 46rem; margin: 0 auto; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
  header { color: GrayText; border-bottom: 1px solid; margin-bottom: 1rem; }
  h1 { font-size: 1.4rem; line-height: 1.25; } h1 small { display: block; font-weight: normal; } h2 { font-size: 1.1rem; }
  dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(8rem, 1fr)); gap: .5rem 1rem; }
  dt { font-size: .8rem; } dd { margin: 0; font-weight: 600; }
  img { max-width: 100%; height: auto; } pre { overflow-x: auto; padding: .5rem; border: 1px solid; }
</style>
</head>
<body>
<header>Simulated Jira</header>
<main>
${content}
</main>
</body>
</html>
`;
  const policy =
    "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy, 'x-content-type-options': 'nosniff' };
  return { status, bytes: Buffer.from(page), headers };
}

function toHtmlText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
