import { crc32, deflateSync } from 'node:zlib';

type Colour = readonly [red: number, green: number, blue: number];

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly colour: Colour;
}

/** A PNG (https://www.w3.org/TR/png-3/) of boxes on white: what passes for a screenshot in a simulated site. */
function drawPng(width: number, height: number, boxes: readonly Box[]): Buffer {
  const rows = Buffer.alloc((width * 3 + 1) * height, 255);
  for (let y = 0; y < height; y++) rows[y * (width * 3 + 1)] = 0;
  for (const box of boxes)
    for (let y = box.y; y < Math.min(height, box.y + box.height); y++)
      for (let x = box.x; x < Math.min(width, box.x + box.width); x++) rows.set(box.colour, y * (width * 3 + 1) + 1 + x * 3);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits, red, green and blue.
  header.set([8, 2], 8);
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  return Buffer.concat([signature, toChunk('IHDR', header), toChunk('IDAT', deflateSync(rows)), toChunk('IEND', Buffer.alloc(0))]);
}

function toChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

const [bar, line, button]: readonly [Colour, Colour, Colour] = [
  [38, 70, 120],
  [205, 212, 222],
  [46, 139, 87],
];

/** A page with a bar, lines of text and a button. */
export function drawScreenshot(width: number, height: number): Buffer {
  const unit = Math.round(height / 12);
  const lines = [3, 5, 7].map((at) => ({ x: unit, y: at * unit, width: width - 2 * unit - at * unit, height: unit, colour: line }));
  return drawPng(width, height, [
    { x: 0, y: 0, width, height: 2 * unit, colour: bar },
    ...lines,
    { x: width - 5 * unit, y: 9 * unit, width: 4 * unit, height: 2 * unit, colour: button },
  ]);
}
