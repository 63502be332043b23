import { jiraError } from '../domain/errors.ts';
import type { PictureForm } from '../domain/pictures.ts';
import type { Dialect } from './dialect.ts';
import type { IssueSource } from './issue-source.ts';
import { JiraRefusal } from './jira-answer.ts';
import type { JiraClient } from './jira-client.ts';

const mostBytes: Readonly<Record<PictureForm, number>> = { whole: 8 * 1024 * 1024, thumbnail: 1024 * 1024 };

/** The part of a source that reads pictures. */
export function createPictureAccess(
  { downloads }: Pick<JiraClient, 'downloads'>,
  { toDownload, toMediaRedirect }: Dialect,
): Pick<IssueSource, 'readPicture' | 'findMediaId'> {
  return {
    readPicture: async (picture, form) => {
      const isSmall = (picture.sizeBytes ?? 0) <= mostBytes.whole;
      if (!isSmall && !picture.hasThumbnail)
        throw jiraError('PICTURE_TOO_LARGE', `A picture that is shown has at most ${mostBytes.whole} bytes.`);
      const shown = isSmall ? form : 'thumbnail';
      return downloads.read(toDownload(picture, shown), mostBytes[shown]).catch(toPictureError);
    },
    findMediaId: async (attachmentId) => {
      if (toMediaRedirect === undefined) return undefined;
      const location = await downloads.findRedirect(toMediaRedirect(attachmentId)).catch(toPictureError);
      return /\/file\/([0-9a-f-]{36})(?:[/?]|$)/i.exec(location ?? '')?.[1]?.toLowerCase();
    },
  };
}

function toPictureError(error: unknown): never {
  if (!(error instanceof JiraRefusal)) throw error;
  throw jiraError('PICTURE_NOT_FOUND', `Jira does not give the picture (status ${error.status}).`);
}
