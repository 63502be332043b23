import { LRUCache } from 'lru-cache';
import { DomainError } from '../../../../kit/process/errors.ts';
import { type JiraError, jiraError } from '../domain/errors.ts';
import { type AttachedPicture, type PictureForm, type PictureType, toPictureType } from '../domain/pictures.ts';
import type { IssueSource } from '../source/issue-source.ts';

export interface ReadPicture {
  readonly bytes: Uint8Array;
  readonly type: PictureType;
}

export interface Pictures {
  /** @throws PICTURE_NOT_FOUND also for what is none of the types that are shown; as IssueSource's `readPicture`. */
  readonly read: (picture: AttachedPicture, form: PictureForm) => Promise<ReadPicture>;
  /** The picture among these that is this file of Cloud's editor. @throws as `read`. */
  readonly findByMediaId: (pictures: readonly AttachedPicture[], mediaId: string) => Promise<AttachedPicture | undefined>;
}

const mostBytes = 64 * 1024 * 1024;
const mostMediaIds = 20_000;
/** Each that is not known yet costs a request to Jira. */
const mostLookedAt = 25;
const ttlMs = 5 * 60_000;
/** What Jira does not give, and what is none: a while, for a look at it may cost megabytes. */
const refusedTtlMs = 60_000;

/** Pictures, kept for five minutes within a bound of bytes; those who ask for one at the same time share its reading. */
export function createPictures(source: Pick<IssueSource, 'readPicture' | 'findMediaId'>): Pictures {
  const kept = new LRUCache<string, { readonly picture: ReadPicture } | { readonly refused: JiraError }>({
    maxSize: mostBytes,
    sizeCalculation: (entry) => 1_000 + ('picture' in entry ? entry.picture.bytes.length : 0),
    ttl: ttlMs,
  });
  const mediaIds = new LRUCache<string, string>({ max: mostMediaIds });
  const underWay = new Map<string, Promise<ReadPicture>>();

  const load = async (name: string, picture: AttachedPicture, form: PictureForm): Promise<ReadPicture> => {
    try {
      const bytes = await source.readPicture(picture, form);
      const type = toPictureType(bytes);
      if (type === undefined) throw jiraError('PICTURE_NOT_FOUND', 'The file is no PNG, JPEG, GIF or WebP, whatever it is called.');
      const read = { bytes, type };
      kept.set(name, { picture: read });
      return read;
    } catch (error) {
      if (error instanceof DomainError && (error.code === 'PICTURE_NOT_FOUND' || error.code === 'PICTURE_TOO_LARGE'))
        kept.set(name, { refused: error as JiraError }, { ttl: refusedTtlMs });
      throw error;
    }
  };

  const findMediaId = async (id: string): Promise<string> => {
    const known = mediaIds.get(id) ?? (await source.findMediaId(id)) ?? '';
    mediaIds.set(id, known);
    return known;
  };

  return {
    read: async (picture, form) => {
      const name = `${picture.id} ${form}`;
      const known = kept.get(name);
      if (known !== undefined) {
        if ('refused' in known) throw known.refused;
        return known.picture;
      }
      const reading = underWay.get(name) ?? load(name, picture, form).finally(() => underWay.delete(name));
      underWay.set(name, reading);
      return reading;
    },
    findByMediaId: async (pictures, mediaId) => {
      // What is known costs nothing; of the others one after the other, so that most are never asked for.
      const known = pictures.find(({ id }) => mediaIds.get(id) === mediaId);
      if (known !== undefined) return known;
      const unknown = pictures.filter(({ id }) => !mediaIds.has(id)).slice(0, mostLookedAt);
      for (const picture of unknown) if ((await findMediaId(picture.id)) === mediaId) return picture;
      return undefined;
    },
  };
}
