import { type Answer, type Call, jiraError } from './answer.ts';
import { drawScreenshot } from './picture.ts';
import { isVisible, type SimAttachment, type World } from './world.ts';

const thumbnail = drawScreenshot(80, 50);

/** `/attachment/content/{id}` and `/attachment/thumbnail/{id}` of Cloud: bytes with `redirect=false`, else a redirect to the host of media. */
export function answerAttachment({ world, query, baseUrl }: Call, path: string): Answer | undefined {
  const [, form, id] = /^\/attachment\/(content|thumbnail)\/(\d+)$/.exec(path) ?? [];
  if (id === undefined) return undefined;
  const attachment = findAttachment(world, id);
  if (attachment === undefined) return jiraError(404, `The attachment with id '${id}' does not exist`);
  if (query.get('redirect') === 'false') return toFile(attachment, form === 'thumbnail');
  // As addresses of Atlassian's host of media look: the file's own id, and a token of its own in place of credentials.
  const location = `${baseUrl}/__media/file/${attachment.mediaId}/binary?token=simulated&name=${encodeURIComponent(attachment.name)}`;
  return { status: 303, headers: { location } };
}

/** Files of Data Center, outside of its REST API. Undefined: no such path. */
export function answerSecure(world: World, path: string): Answer | undefined {
  const [, form, id] = /^\/secure\/(attachment|thumbnail)\/(\d+)\/[^/]+$/.exec(path) ?? [];
  const attachment = id === undefined ? undefined : findAttachment(world, id);
  return attachment === undefined ? undefined : toFile(attachment, form === 'thumbnail');
}

/** The host of media, which takes no credentials of Jira. Undefined: no such path. */
export function answerMedia(world: World, path: string, hasCredentials: boolean): Answer | undefined {
  const [, mediaId] = /^\/__media\/file\/([0-9a-f-]{36})\/binary$/.exec(path) ?? [];
  if (mediaId === undefined) return undefined;
  if (hasCredentials) return jiraError(400, 'Credentials of Jira were sent to the host of media.');
  const attachment = world.issues.flatMap((issue) => issue.attachments).find((each) => each.mediaId === mediaId);
  return attachment === undefined ? jiraError(404, 'No such file.') : toFile(attachment, false);
}

function findAttachment(world: World, id: string): SimAttachment | undefined {
  return world.issues
    .filter(isVisible)
    .flatMap((issue) => issue.attachments)
    .find((each) => each.id === id);
}

function toFile({ mediaType, bytes }: SimAttachment, isThumbnail: boolean): Answer {
  return { status: 200, bytes: isThumbnail ? thumbnail : bytes, headers: { 'content-type': isThumbnail ? 'image/png' : mediaType } };
}
