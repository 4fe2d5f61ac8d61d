import type { IncomingMessage } from 'node:http'

/** `release` gives the body's bytes back to the limit, once they are no longer held. */
export type BodyResult = { is: 'body'; bytes: Buffer; release(): void } | { is: 'too_large' } | { is: 'too_busy' } | { is: 'aborted' }

/** Largest body of a webhook, bytes. */
export const largestBody = 25 * 1024 * 1024
/** All bodies held at one moment, from their first byte until they are stored, bytes; past it senders hear 503 and try again. */
export const largestInFlight = 200 * 1024 * 1024

let bytesInFlight = 0

/** Reads a request's raw body into memory within the limits. Never rejects. */
export async function readBody(request: IncomingMessage): Promise<BodyResult> {
  const announced = Number(request.headers['content-length'] ?? 0)
  if (announced > largestBody) return { is: 'too_large' }
  if (bytesInFlight + announced > largestInFlight) return { is: 'too_busy' }
  const chunks: Buffer[] = []
  let size = 0
  return await new Promise((resolve) => {
    const release = () => {
      bytesInFlight -= size
      size = 0
    }
    const end = (result: BodyResult) => {
      request.off('data', onData)
      if (result.is !== 'body') release()
      resolve(result)
    }
    const onData = (chunk: Buffer) => {
      size += chunk.length
      bytesInFlight += chunk.length
      chunks.push(chunk)
      if (size > largestBody) end({ is: 'too_large' })
      else if (bytesInFlight > largestInFlight) end({ is: 'too_busy' })
    }
    request.on('data', onData)
    request.once('end', () => end({ is: 'body', bytes: chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks), release }))
    request.once('error', () => end({ is: 'aborted' }))
    request.once('close', () => {
      if (!request.complete) end({ is: 'aborted' })
    })
  })
}

/** Longest wait for a sender to end a body that nobody will read. */
const discardMs = 10_000

/** The first `most` bytes of a body that nobody will take, kept to show what came; the rest is not read. Never rejects. */
export async function readHead(request: IncomingMessage, most: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  await new Promise<void>((resolve) => {
    const timer = setTimeout(end, discardMs)
    function end(): void {
      clearTimeout(timer)
      request.off('data', onData).off('end', end).off('close', end).off('error', end)
      resolve()
    }
    function onData(chunk: Buffer): void {
      chunks.push(chunk)
      size += chunk.length
      if (size >= most) end()
    }
    request.on('data', onData).once('end', end).once('close', end).once('error', end)
  })
  return Buffer.concat(chunks).subarray(0, most)
}

/**
 * Lets a refused body run out unread, so that the sender comes to reading the answer: one that still writes when the connection closes
 * sees a broken line instead of the status. Never rejects.
 */
export async function discardBody(request: IncomingMessage): Promise<void> {
  if (request.complete || request.destroyed) return
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, discardMs)
    const end = () => {
      clearTimeout(timer)
      resolve()
    }
    request.once('end', end)
    request.once('close', end)
    request.once('error', end)
    request.resume()
  })
}
