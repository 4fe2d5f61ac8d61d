import { ConnectorError } from '../../core/connector/errors.ts'
import type { Channel, Hub } from '../../core/connector/hub.ts'
import type { Settings } from './settings.ts'

/** The link alone opens the recording; a host that is not UIS's came in a payload and is not trusted. */
export async function fetchMedia(ref: string, { settings }: Channel<Settings>, hub: Hub): Promise<{ bytes: Uint8Array; type?: string }> {
  const untrusted = !URL.canParse(ref) || new URL(ref).host !== new URL(settings.mediaRoot).host
  const response = await hub.fetch(ref, { untrusted, timeoutMs: 120_000 }).catch((cause: unknown) => {
    throw cause instanceof ConnectorError ? cause : new ConnectorError('temporary', 'The recording could not be loaded', { cause })
  })
  if (response.status === 410) throw new ConnectorError('rejected', 'UIS no longer has the recording')
  if (!response.ok) throw new ConnectorError('temporary', `The recording could not be loaded: ${response.status}`)
  return { bytes: new Uint8Array(await response.arrayBuffer()), type: response.headers.get('content-type') ?? 'audio/mpeg' }
}
