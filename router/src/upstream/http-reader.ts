/** Reads the answers of one connection, one after the other; bytes go in as they come. */
export interface HttpReader {
  /**
   * Takes the next bytes; an answer when they complete it. What has to wait is copied: the chunk may be written over afterwards.
   * After an error it is of no use any more.
   *
   * @throws BrokenAnswer when it is not HTTP/1.1 (RFC 9112), AnswerTooLarge past the limit.
   */
  readonly take: (chunk: Buffer) => HttpAnswer | undefined;
  /** The other side has closed: the answer when that is its end, as it is of one without a length. */
  readonly end: () => HttpAnswer | undefined;
}

export interface HttpAnswer {
  readonly statusCode: number;
  readonly text: string;
  /** Milliseconds for which the other side keeps the connection open; 0 when it closes it. */
  readonly keptMs: number;
}

/** What came is no HTTP/1.1 answer, or ended too early. */
export class BrokenAnswer extends Error {
  override readonly name = 'BrokenAnswer';
}

/** The body is larger than allowed. */
export class AnswerTooLarge extends Error {
  override readonly name = 'AnswerTooLarge';
}

interface Head {
  readonly statusCode: number;
  readonly keptMs: number;
  /** How its end is known: by a length, by chunks, or by the end of the connection. */
  readonly body: number | 'chunked' | 'until closed';
}

const maxHeadBytes = 16 * 1024;
/** The longest line that says a chunk's size, with its extensions. */
const maxSizeLineBytes = 1_024;
const keptUnlessSaidMs = 4_000;
const longestKeptMs = 600_000;
/** The other side's clock began before ours. */
const sparedMs = 1_000;
const lineEnd = Buffer.from('\r\n');
const endOfHead = Buffer.from('\r\n\r\n');
const nothing = Buffer.alloc(0);

/**
 * Reads answers to POST and GET. Strict: on a connection that is used again whatever is read wrongly becomes part of the next answer.
 */
export function createHttpReader(maxBodyBytes: number): HttpReader {
  let rest: Buffer = nothing;
  let head: Head | undefined;
  let chunks: Buffer[] = [];
  let size = 0;
  /** Of the chunk that is coming, with its line end; 0 between chunks. */
  let missing = 0;

  /** The answer, with `over` bytes behind it that nobody asked for: then nothing that follows on this connection can be trusted. */
  const answerOf = ({ statusCode, keptMs }: Head, over: number): HttpAnswer => {
    const [only] = chunks;
    const text = (chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks)).toString('utf8');
    rest = nothing;
    head = undefined;
    chunks = [];
    size = 0;
    return { statusCode, keptMs: over > 0 ? 0 : keptMs, text };
  };
  const checkSize = (bytes: number): void => {
    if (bytes > maxBodyBytes) throw new AnswerTooLarge(`the answer is larger than ${maxBodyBytes} bytes`);
  };
  const keep = (bytes: Buffer): void => {
    size += bytes.length;
    checkSize(size);
    if (bytes.length > 0) chunks.push(bytes);
  };
  /** The head, once its end is there; one or more that only say "go on" may come before it. */
  const readHead = (): Head | undefined => {
    for (;;) {
      const end = rest.indexOf(endOfHead);
      if (end > maxHeadBytes || (end === -1 && rest.length > maxHeadBytes)) throw new BrokenAnswer('its head is too long');
      if (end === -1) return undefined;
      const text = rest.toString('latin1', 0, end);
      rest = rest.subarray(end + endOfHead.length);
      const found = parseHead(text);
      if (found !== undefined) return found;
    }
  };
  const readChunks = (known: Head): HttpAnswer | undefined => {
    for (;;) {
      if (missing > 0) {
        const data = Math.min(rest.length, missing - lineEnd.length);
        if (data > 0) keep(rest.subarray(0, data));
        missing -= Math.max(0, data);
        rest = rest.subarray(Math.max(0, data));
        if (missing > lineEnd.length || rest.length < lineEnd.length) return undefined;
        if (!rest.subarray(0, lineEnd.length).equals(lineEnd)) throw new BrokenAnswer('a chunk is not as long as it says');
        rest = rest.subarray(lineEnd.length);
        missing = 0;
      }
      const end = rest.indexOf(lineEnd);
      if (end > maxSizeLineBytes || (end === -1 && rest.length > maxSizeLineBytes))
        throw new BrokenAnswer('the size of a chunk is too long');
      if (end === -1) return undefined;
      const digits = /^([0-9a-f]{1,8})[\t ]*(?:;|$)/i.exec(rest.toString('latin1', 0, end))?.[1];
      if (digits === undefined) throw new BrokenAnswer('the size of a chunk is no number');
      const length = Number.parseInt(digits, 16);
      if (length === 0) return readTrailers(known, end + lineEnd.length);
      checkSize(size + length);
      missing = length + lineEnd.length;
      rest = rest.subarray(end + lineEnd.length);
    }
  };
  /** Fields after the last chunk say nothing that is needed. */
  const readTrailers = (known: Head, start: number): HttpAnswer | undefined => {
    if (rest.length < start + lineEnd.length) return undefined;
    const isEnd = rest.subarray(start, start + lineEnd.length).equals(lineEnd);
    const end = isEnd ? start + lineEnd.length : rest.indexOf(endOfHead, start) + endOfHead.length;
    if (end >= start + lineEnd.length) return answerOf(known, rest.length - end);
    if (rest.length - start > maxHeadBytes) throw new BrokenAnswer('its trailers are too long');
    return undefined;
  };
  const readLength = (known: Head, length: number, bytes: Buffer): HttpAnswer | undefined => {
    const over = size + bytes.length - length;
    keep(over > 0 ? bytes.subarray(0, bytes.length - over) : bytes);
    return over >= 0 ? answerOf(known, over) : undefined;
  };

  const keepCopies = (from: number): void => {
    for (let index = from; index < chunks.length; index += 1) chunks[index] = Buffer.from(chunks[index] as Buffer);
    if (rest.length > 0) rest = Buffer.from(rest);
  };
  const readPart = (chunk: Buffer): HttpAnswer | undefined => {
    if (head !== undefined && typeof head.body === 'number') return readLength(head, head.body, chunk);
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    if (head === undefined) {
      head = readHead();
      if (head === undefined) return undefined;
      if (typeof head.body === 'number') checkSize(head.body);
    }
    if (head.body === 'chunked') return readChunks(head);
    const bytes = rest;
    rest = nothing;
    if (head.body !== 'until closed') return readLength(head, head.body, bytes);
    keep(bytes);
    return undefined;
  };

  return {
    take: (chunk) => {
      const kept = chunks.length;
      const answer = readPart(chunk);
      if (answer === undefined) keepCopies(kept);
      return answer;
    },
    end: () => (head?.body === 'until closed' ? answerOf(head, 0) : undefined),
  };
}

/** Undefined for an answer that only says "go on" (1xx). */
function parseHead(text: string): Head | undefined {
  const [statusLine = '', ...lines] = text.split('\r\n');
  const status = /^HTTP\/1\.([01]) ([1-9]\d\d)(?: |$)/.exec(statusLine);
  if (status === null) throw new BrokenAnswer('it does not begin as HTTP/1.1');
  const statusCode = Number(status[2]);
  if (statusCode === 101) throw new BrokenAnswer('it changes the protocol');
  if (statusCode < 200) return undefined;
  let length: number | undefined;
  let isChunked = false;
  let keptMs = status[1] === '1' ? keptUnlessSaidMs : 0;
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon < 1 || line.includes('\r') || line.includes('\n')) throw new BrokenAnswer('a header has no name');
    // Four headers matter: their lengths spare the others a look.
    if (colon !== 14 && colon !== 17 && colon !== 10) continue;
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (name === 'content-length') {
      if (!/^\d{1,15}$/.test(value) || (length !== undefined && length !== Number(value)))
        throw new BrokenAnswer('its length is no number');
      length = Number(value);
    } else if (name === 'transfer-encoding') {
      if (isChunked || value.toLowerCase() !== 'chunked') throw new BrokenAnswer('its transfer encoding is unknown');
      isChunked = true;
    } else if (name === 'connection') {
      if (/(?:^|,)\s*close\s*(?:,|$)/i.test(value)) keptMs = -1;
      else if (keptMs === 0 && /keep-alive/i.test(value)) keptMs = keptUnlessSaidMs;
    } else if (name === 'keep-alive' && keptMs > 0) {
      const seconds = /timeout=(\d{1,9})/i.exec(value)?.[1];
      if (seconds !== undefined) keptMs = Math.min(longestKeptMs, Math.max(0, Number(seconds) * 1_000 - sparedMs));
    }
  }
  // Two ends that contradict each other are how one answer is made to look like two.
  if (isChunked && length !== undefined) throw new BrokenAnswer('it has both a length and chunks');
  const isEmpty = statusCode === 204 || statusCode === 304;
  const body = isEmpty ? 0 : isChunked ? 'chunked' : (length ?? 'until closed');
  return { statusCode, body, keptMs: body === 'until closed' ? 0 : Math.max(0, keptMs) };
}
