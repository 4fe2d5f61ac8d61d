export class FileMissing extends Error {
  constructor(name: string, cause?: unknown) {
    super(`The file ${name} is not in storage.`, { cause })
    this.name = 'FileMissing'
  }
}

/** First and last byte wanted, both included, counted from 0. */
export interface ByteRange {
  start: number
  end: number
}
