import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import busboy from 'busboy'
import type express from 'express'
import { openAttachment } from '../../core/attachments/open-attachment.ts'
import { readLetter } from '../../core/attachments/read-letter.ts'
import { largestUpload, uploadAttachment } from '../../core/attachments/upload-attachment.ts'
import { CoreError } from '../../core/errors.ts'
import { byId } from '../contract/page.ts'
import { fileHeaders } from '../http/file-headers.ts'
import type { RawHandler } from './raw-handler.ts'
import { sendRange } from './send-range.ts'

interface GivenFile {
  name: string
  type: string
  bytes: Uint8Array
}

/** One file: as multipart (its first file part), or as the body itself with `?name=` and its own content-type. Answers 201 with the attachment. */
export const receiveAttachment: RawHandler = async (request, response, actor, deps) => {
  const length = Number(request.headers['content-length'] ?? 0)
  if (length > largestUpload + 10_000) throw new CoreError('body_too_large')
  const file = request.is('multipart/form-data') ? await fromMultipart(request) : await fromBody(request)
  response.status(201).json(await uploadAttachment(deps, file, { actor, ip: request.ip }))
}

/** Ranges as in RFC 9110 §14; whatever could run in a browser comes as a download. */
export const sendAttachment: RawHandler = async (request, response, actor, deps) => {
  const { id } = byId.parse(request.params)
  const file = await openAttachment(deps, actor, id)
  response.set({
    ...fileHeaders(file),
    'cache-control': 'private, max-age=31536000, immutable',
    'accept-ranges': 'bytes',
    ...(file.sha256 ? { etag: `"${file.sha256}"` } : {}),
  })
  if (request.fresh) {
    response.status(304).end()
    return
  }
  await sendRange(request, response, file)
}

/** For a sandboxed frame. Remote images only with `?images=1`; `x-remote-images: 1` says that there are some. */
export const sendLetter: RawHandler = async (request, response, actor, deps) => {
  const { id } = byId.parse(request.params)
  const images = request.query.images === '1'
  const letter = await readLetter(deps, actor, id, { images })
  response.set({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; img-src data:${images ? ' https: http:' : ''}; font-src data:; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox`,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'private, no-store',
    'x-remote-images': letter.remoteImages ? '1' : '0',
  })
  response.send(`<!doctype html><html><head><meta charset="utf-8"><base target="_blank"></head><body>${letter.html}</body></html>`)
}

async function fromBody(request: express.Request): Promise<GivenFile> {
  const { name } = request.query
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > largestUpload) throw new CoreError('body_too_large')
    chunks.push(chunk)
  }
  return { name: typeof name === 'string' ? name : 'file', type: request.headers['content-type'] ?? '', bytes: Buffer.concat(chunks) }
}

async function fromMultipart(request: express.Request): Promise<GivenFile> {
  const files: Promise<GivenFile>[] = []
  const form = busboy({ headers: request.headers, limits: { files: 1, fileSize: largestUpload, fields: 20 }, defParamCharset: 'utf8' })
  form.on('file', (_field, stream, { filename, mimeType }) => {
    const file = collect(stream).then((bytes) => ({ name: filename ?? 'file', type: mimeType, bytes }))
    file.catch(() => form.destroy())
    files.push(file)
  })
  const [parsed] = await Promise.allSettled([pipeline(request, form), ...files])
  const [file] = files
  if (file) return await file
  if (parsed.status === 'rejected') throw new CoreError('invalid_request', 'The form could not be read.', {}, { cause: parsed.reason })
  throw new CoreError('invalid_request', 'Send one file.')
}

/** Throws `body_too_large` for what busboy cut off. */
async function collect(stream: Readable & { truncated?: boolean }): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk)
  if (stream.truncated) throw new CoreError('body_too_large')
  return Buffer.concat(chunks)
}
