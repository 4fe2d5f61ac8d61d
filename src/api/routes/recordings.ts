import { z } from 'zod'
import { openLinked, openRecording } from '../../core/recordings/open-recording.ts'
import type { RawHandler } from './raw-handler.ts'
import { sendRange } from './send-range.ts'

const place = z.object({ id: z.uuid(), recordingId: z.uuid() })
const linked = z.object({
  call: z.uuid(),
  user: z.uuid(),
  until: z.coerce.number<string>(),
  download: z.literal('1').optional(),
  signature: z.string().max(100),
})

const headers = { 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'; sandbox", 'accept-ranges': 'bytes' }

/** The sound of a call to whoever is signed in and may hear it, with ranges (RFC 9110 §14). */
export const playRecording: RawHandler = async (request, response, actor, deps) => {
  const { id: callId, recordingId } = place.parse(request.params)
  const isStart = !/^bytes=[1-9]/.test(request.headers.range ?? '')
  const opened = await openRecording(deps, { callId, recordingId }, { actor, ip: request.ip }, isStart)
  response.set({
    ...headers,
    'content-type': opened.type,
    'cache-control': 'private, no-store',
    ...(opened.sha256 && { etag: `"${opened.sha256}"` }),
  })
  await sendRange(request, response, opened)
}

/** The same by a signed link, without a session. */
export const playLinked: RawHandler = async (request, response, _actor, deps) => {
  const recordingId = z.uuid().parse(request.params.id)
  const { call, user, until, download, signature } = linked.parse(request.query)
  const forDownload = download === '1'
  const opened = await openLinked(deps, { callId: call, recordingId, userId: user, forDownload, expiresAt: until, signature })
  const disposition = forDownload ? `attachment; filename="${recordingId}${extensionOf(opened.type)}"` : 'inline'
  response.set({ ...headers, 'content-type': opened.type, 'content-disposition': disposition, 'cache-control': 'private, no-store' })
  await sendRange(request, response, opened)
}

function extensionOf(type: string): string {
  return { 'audio/wav': '.wav', 'audio/mpeg': '.mp3', 'audio/ogg': '.ogg', 'audio/flac': '.flac' }[type] ?? ''
}
