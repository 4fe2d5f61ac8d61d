import { ConnectorError } from '../../core/connector/errors.ts'
import type { Channel, Hub } from '../../core/connector/hub.ts'
import { callMango } from './client.ts'
import type { Settings } from './settings.ts'

/** A recording by its id. The link that MANGO redirects to dies with its first use and must not see the signed form (API 1.10, "Recordings"). */
export async function fetchMedia(ref: string, { settings }: Channel<Settings>, hub: Hub): Promise<{ bytes: Uint8Array; type?: string }> {
  const response = await callMango(hub, settings, 'queries/recording/post', { recording_id: ref, action: 'download' })
  const location = response.headers.get('location')
  if (response.status !== 302 || location === null) throw new ConnectorError('temporary', 'MANGO OFFICE does not have the recording yet')
  const url = new URL(location, settings.apiRoot)
  const untrusted = url.hostname !== new URL(settings.apiRoot).hostname
  const file = await hub.fetch(url.href, { untrusted, timeoutMs: 120_000 }).catch((cause: unknown) => {
    throw cause instanceof ConnectorError ? cause : new ConnectorError('temporary', 'The recording could not be loaded', { cause })
  })
  if (!file.ok) throw new ConnectorError('temporary', `The recording could not be loaded: ${file.status}`)
  return { bytes: new Uint8Array(await file.arrayBuffer()), type: file.headers.get('content-type') ?? 'audio/mpeg' }
}
