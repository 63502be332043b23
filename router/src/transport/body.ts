import { isUtf8 } from 'node:buffer';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { BodyTooLarge, readBytes } from '../../../kit/process/http.ts';
import { RouterError } from '../errors.ts';
import { findJsonExcess } from '../protection/variables-size.ts';

type Decode = (bytes: Buffer, options: { readonly maxOutputLength: number }) => Promise<Buffer>;

/** By content coding; all of them work beside this thread. */
const decoders: ReadonlyMap<string, Decode> = new Map<string, Decode>([
  ['gzip', promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip)],
  ['x-gzip', promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip)],
  ['br', promisify<Buffer, { maxOutputLength: number }, Buffer>(brotliDecompress)],
  ['deflate', promisify<Buffer, { maxOutputLength: number }, Buffer>(inflate)],
]);

/** As a header has it. */
export const acceptedEncodings = 'gzip, br, deflate';

/** What is wrong with the way in which a body is encoded, by its headers; undefined when nothing is. */
export function findEncodingProblem(headers: IncomingHttpHeaders): string | undefined {
  const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(headers['content-type'] ?? '')?.[1] ?? 'utf-8';
  if (!/^(utf-?8|us-ascii)$/i.test(charset)) return `The body of a POST is UTF-8, not ${charset.slice(0, 40)}.`;
  const coding = codingOf(headers);
  if (coding === 'identity' || decoders.has(coding)) return undefined;
  return `The body of a POST comes as it is or with the content-encoding ${acceptedEncodings.replace(/, (\w+)$/, ' or $1')}, not ${coding.slice(0, 40)}.`;
}

export interface BodyLimits {
  readonly maxBytes: number;
  readonly maxValues: number;
}

/**
 * What a body of JSON says whose encoding has no problem; a byte order mark is no part of it.
 *
 * @throws ClientGone; SyntaxError; BodyTooLarge past `maxBytes`, as it comes or decoded; RouterError BAD_REQUEST when it cannot be decoded or is not UTF-8,
 *   OPERATION_TOO_LARGE for more than `maxValues`.
 */
export async function readJson(request: IncomingMessage, { maxBytes, maxValues }: BodyLimits): Promise<unknown> {
  const sent = await readBytes(request, maxBytes);
  const decode = decoders.get(codingOf(request.headers));
  const bytes = decode === undefined ? sent : await decoded(decode, sent, maxBytes);
  const excess = findJsonExcess(bytes, maxValues);
  if (excess !== undefined) throw excess;
  // Else what cannot be read would become U+FFFD, and be stored.
  if (!isUtf8(bytes)) throw new RouterError('BAD_REQUEST', 'The body is not UTF-8.');
  const text = bytes.toString('utf8');
  return JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
}

const codingOf = (headers: IncomingHttpHeaders): string => headers['content-encoding']?.trim().toLowerCase() || 'identity';

async function decoded(decode: Decode, bytes: Buffer, maxBytes: number): Promise<Buffer> {
  try {
    return await decode(bytes, { maxOutputLength: maxBytes });
  } catch (error) {
    if (error instanceof RangeError) throw new BodyTooLarge();
    throw new RouterError('BAD_REQUEST', 'The body is not in the content-encoding that its header names.');
  }
}
