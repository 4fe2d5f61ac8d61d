import type { Request, Response } from 'express'
import type { Vault } from '../../core/channels/vault.ts'
import { isSameSecret } from '../../core/connector/same-secret.ts'
import { CoreError } from '../../core/errors.ts'
import { selectVisitorFile } from '../../core/visitors/visitor-store.ts'
import { fileHeaders } from '../http/file-headers.ts'
import { sendRange } from '../routes/send-range.ts'
import { findVisitorChannel, type VisitorDeps } from './visitor-door.ts'

const dayMs = 24 * 60 * 60 * 1000

/** Path of a file for whoever was shown it; holds to the end of the next day, and is the same all day long, so that browsers keep what they fetched. */
export function fileAddress(vault: Vault, channel: { id: string; key: string }, fileId: string, now: Date): string {
  const until = Math.floor(now.getTime() / dayMs) + 2
  return `/visitors/${channel.key}/files/${fileId}?until=${until}&mac=${macOf(vault, channel.id, fileId, until)}`
}

function macOf(vault: Vault, channelId: string, fileId: string, until: number): string {
  return vault.mac('visitor file', `${channelId} ${fileId} ${until}`)
}

/** An image in a page of another origin, or a download; the address is the right to it. Throws `not_found`. */
export async function sendVisitorFile(deps: VisitorDeps, request: Request<{ key: string; id: string }>, response: Response): Promise<void> {
  const { key, id } = request.params
  const { until, mac } = request.query
  const found = await findVisitorChannel(deps, key)
  const isOurs =
    found !== undefined &&
    typeof mac === 'string' &&
    isSameSecret(mac, macOf(deps.vault, found.channel.id, id, Number(until))) &&
    Number(until) * dayMs > Date.now()
  const file = isOurs ? await selectVisitorFile(deps.pool, found.channel.id, id) : undefined
  if (!file) throw new CoreError('not_found', 'There is no such file.')
  response.set({
    ...fileHeaders(file),
    'cross-origin-resource-policy': 'cross-origin',
    'cache-control': 'private, max-age=86400',
    'referrer-policy': 'no-referrer',
    'accept-ranges': 'bytes',
  })
  await sendRange(request, response, { size: file.size, stream: (range) => deps.files.stream(file.file, range) })
}
