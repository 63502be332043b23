import type { SimAttachment } from './world.ts';

/** As an issue's field `attachment` has it. */
export function renderAttachment(baseUrl: string, isDataCenter: boolean, attachment: SimAttachment): unknown {
  const { id, name, mediaType, bytes } = attachment;
  const isPicture = mediaType.startsWith('image/');
  const content = isDataCenter
    ? `${baseUrl}/secure/attachment/${id}/${encodeURIComponent(name)}`
    : `${baseUrl}/rest/api/3/attachment/content/${id}`;
  const small = isDataCenter ? `${baseUrl}/secure/thumbnail/${id}/_thumb_${id}.png` : `${baseUrl}/rest/api/3/attachment/thumbnail/${id}`;
  return {
    self: `${baseUrl}/rest/api/${isDataCenter ? 2 : 3}/attachment/${id}`,
    id,
    filename: name,
    created: '2026-10-01T09:00:00.000+0000',
    size: bytes.length,
    mimeType: mediaType,
    content,
    ...(isPicture ? { thumbnail: small } : {}),
  };
}
