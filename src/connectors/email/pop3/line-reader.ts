/** Cuts a byte stream into lines without their CRLF (or LF). Bytes stay bytes: 8-bit letters survive, however the stream is cut into chunks. */
export class LineReader {
  #chunks: Buffer[] = []
  readonly #maxLine: number

  constructor(maxLine = 1024 * 1024) {
    this.#maxLine = maxLine
  }

  /** Complete lines that this chunk ends. Throws when a line grows beyond the limit. */
  push(chunk: Buffer): Buffer[] {
    const lines: Buffer[] = []
    let start = 0
    for (let at = chunk.indexOf(0x0a, start); at >= 0; at = chunk.indexOf(0x0a, start)) {
      const piece = chunk.subarray(start, at)
      const line = this.#chunks.length === 0 ? piece : Buffer.concat([...this.#chunks, piece])
      this.#chunks = []
      lines.push(line.at(-1) === 0x0d ? line.subarray(0, -1) : line)
      start = at + 1
    }
    if (start < chunk.length) this.#chunks.push(chunk.subarray(start))
    if (this.#chunks.reduce((sum, piece) => sum + piece.length, 0) > this.#maxLine) throw new Error('A line of the server is too long.')
    return lines
  }
}
