import { z } from 'zod'
import { ConnectorError } from '../../core/connector/errors.ts'
import type { Channel, Hub } from '../../core/connector/hub.ts'
import { askZadarma } from './client.ts'
import type { Settings } from './settings.ts'

const answer = z.object({ link: z.string().optional(), links: z.array(z.string()).optional() })

/** A recording by its `call_id_with_rec`: a link that lives half an hour, then the MP3. */
export async function fetchMedia(ref: string, { settings }: Channel<Settings>, hub: Hub): Promise<{ bytes: Uint8Array; type?: string }> {
  const { json } = await askZadarma(hub, settings, '/v1/pbx/record/request/', { call_id: ref }).catch((error: unknown) => {
    // Until it is ready Zadarma calls it unknown.
    throw error instanceof ConnectorError && error.code === 'rejected' ? new ConnectorError('temporary', error.message, { cause: error }) : error
  })
  const read = answer.safeParse(json).data
  const link = read?.link ?? read?.links?.[0]
  if (link === undefined || !URL.canParse(link)) throw new ConnectorError('temporary', 'Zadarma gave no link to the recording')
  const untrusted = new URL(link).hostname !== new URL(settings.apiRoot).hostname
  const file = await hub.fetch(link, { untrusted, timeoutMs: 120_000 }).catch((cause: unknown) => {
    throw cause instanceof ConnectorError ? cause : new ConnectorError('temporary', 'The recording could not be loaded', { cause })
  })
  if (file.status === 410) throw new ConnectorError('rejected', 'Zadarma no longer has the recording')
  if (!file.ok) throw new ConnectorError('temporary', `The recording could not be loaded: ${file.status}`)
  return { bytes: new Uint8Array(await file.arrayBuffer()), type: file.headers.get('content-type') ?? 'audio/mpeg' }
}
