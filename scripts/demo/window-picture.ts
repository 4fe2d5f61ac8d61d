import { crc32, deflateSync } from 'node:zlib'

const width = 360
const height = 270

/** A window with a view, as a PNG (https://www.w3.org/TR/png-3/): the photograph that clients of the demo send. */
export function windowPicture(): Buffer {
  const rows = Array.from({ length: height }, (_, y) => Buffer.from([0, ...Array.from({ length: width }, (_unused, x) => colourAt(x, y)).flat()]))
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', deflateSync(Buffer.concat(rows))), chunk('IEND', Buffer.alloc(0))])
}

function colourAt(x: number, y: number): [number, number, number] {
  const isWall = x < 40 || x >= width - 40 || y < 30 || y >= height - 40
  if (isWall) return [214, 205, 192]
  const isFrame = x < 54 || x >= width - 54 || y < 44 || y >= height - 54 || Math.abs(x - width / 2) < 7
  if (isFrame) return [246, 246, 244]
  const horizon = 150 + 14 * Math.sin(x / 31)
  return y < horizon ? [160 + Math.round(y / 3), 196 + Math.round(y / 6), 228] : [104, 136 - Math.round((y - horizon) / 4), 92]
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}
