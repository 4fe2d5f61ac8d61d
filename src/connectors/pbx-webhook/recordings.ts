import { ConnectorError } from '../../core/connector/errors.ts'
import type { Channel, Hub } from '../../core/connector/hub.ts'
import type { Settings } from './settings.ts'

/** The address came in a payload: private networks are refused by the hub. Whoever serves it gets no secret of ours. */
export async function fetchMedia(ref: string, _channel: Channel<Settings>, hub: Hub): Promise<{ bytes: Uint8Array; type?: string }> {
  const response = await hub.fetch(ref, { untrusted: true, timeoutMs: 120_000 }).catch((cause: unknown) => {
    throw cause instanceof ConnectorError ? cause : new ConnectorError('temporary', 'The recording could not be loaded', { cause })
  })
  if (response.status === 410) throw new ConnectorError('rejected', 'The PBX no longer has the recording')
  if (response.status === 401 || response.status === 403) throw new ConnectorError('rejected', 'The PBX does not give the recording to us')
  if (!response.ok) throw new ConnectorError('temporary', `The recording could not be loaded: ${response.status}`)
  const type = response.headers.get('content-type')
  return { bytes: new Uint8Array(await response.arrayBuffer()), ...(type && { type }) }
}
