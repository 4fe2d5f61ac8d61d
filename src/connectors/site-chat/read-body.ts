import type { RawDelivery } from '../../core/connector/delivery.ts'
import type { InboundAttachment } from '../../core/connector/event.ts'
import { isMultipart } from './address.ts'

const mostFiles = 10

/** A body read as far as its form goes; `payload` is undefined where it is no JSON. */
export interface ReadBody {
  payload: unknown
  files: InboundAttachment[]
}

/** JSON, or a form with `payload` and files (RFC 7578), which the runtime's own parser reads. Never throws. */
export async function readBody(request: RawDelivery): Promise<ReadBody> {
  if (!isMultipart(request)) return { payload: parse(Buffer.from(request.body).toString('utf8')), files: [] }
  try {
    const headers = { 'content-type': request.headers['content-type'] ?? '' }
    const form = await new Response(Uint8Array.from(request.body), { headers }).formData()
    const files: InboundAttachment[] = []
    for (const file of form.getAll('file').slice(0, mostFiles)) {
      if (typeof file === 'string') continue
      const bytes = new Uint8Array(await file.arrayBuffer())
      files.push({ name: file.name.slice(0, 255) || 'file', type: file.type || 'application/octet-stream', size: bytes.length, bytes })
    }
    const payload = form.get('payload')
    return { payload: typeof payload === 'string' ? parse(payload) : undefined, files }
  } catch {
    return { payload: undefined, files: [] }
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
