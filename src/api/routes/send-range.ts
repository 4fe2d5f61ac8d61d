import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type express from 'express'

interface Ranged {
  /** Bytes of the whole. */
  size: number
  /** First and last byte, both included; absent: the whole. */
  stream(range?: { start: number; end: number }): Promise<Readable>
}

/** A file with ranges (RFC 9110 §14): one range, or the whole. */
export async function sendRange(request: express.Request, response: express.Response, file: Ranged): Promise<void> {
  const ranges = request.range(file.size)
  if (ranges === -1) {
    response.set('content-range', `bytes */${file.size}`).status(416).end()
    return
  }
  const [range] = Array.isArray(ranges) && ranges.type === 'bytes' && ranges.length === 1 ? ranges : []
  if (range) response.status(206).set('content-range', `bytes ${range.start}-${range.end}/${file.size}`)
  response.set('content-length', String(range ? range.end - range.start + 1 : file.size))
  if (request.method === 'HEAD') {
    response.end()
    return
  }
  await pipeline(await file.stream(range), response).catch(onlyUnlessGone(response))
}

/** Whoever closes the player in the middle is no error. */
function onlyUnlessGone(response: express.Response): (error: unknown) => void {
  return (error) => {
    if (!response.destroyed && !response.headersSent) throw error
    response.destroy()
  }
}
