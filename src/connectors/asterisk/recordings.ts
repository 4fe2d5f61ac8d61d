import { open, realpath } from 'node:fs/promises'
import { basename, join, sep } from 'node:path'
import { ConnectorError } from '../../core/connector/errors.ts'
import type { Channel, Hub } from '../../core/connector/hub.ts'
import { basicSignIn } from './http-sign-in.ts'
import { placeOf } from './recording-names.ts'
import type { Settings } from './settings.ts'

/** A file that was written to within this time may still grow, ms. */
const settledMs = 3_000
/** bytes */
const largest = 500_000_000

/** A recording by the name that the dialplan or the CDR gave it. Throws ConnectorError. */
export async function fetchMedia(ref: string, { settings }: Channel<Settings>, hub: Hub): Promise<{ bytes: Uint8Array; name: string }> {
  const place = placeOf(ref, settings.recordingsRoot)
  if (settings.recordingsFolder !== undefined) return await readFromFolder(settings.recordingsFolder, place, hub)
  if (settings.recordingsUrl !== undefined) return await loadFrom(settings.recordingsUrl, place, settings, hub)
  throw new ConnectorError(
    'unsupported',
    'It is not set where the recordings of Asterisk lie: give the folder or its address in the settings of the channel',
  )
}

async function readFromFolder(folder: string, place: string, hub: Hub): Promise<{ bytes: Uint8Array; name: string }> {
  const path = join(folder, place)
  const [base, real] = await Promise.all([realpath(folder), realpath(path)]).catch((cause: unknown) => {
    throw new ConnectorError('temporary', 'The file is not in the folder of recordings', { cause })
  })
  if (!real.startsWith(base.endsWith(sep) ? base : `${base}${sep}`))
    throw new ConnectorError('rejected', 'The name leads out of the folder of recordings')
  const file = await open(real, 'r').catch((cause: unknown) => {
    throw new ConnectorError('temporary', 'The file may not be read by the hub', { cause })
  })
  try {
    const { size, mtimeMs } = await file.stat()
    if (size > largest) throw new ConnectorError('rejected', 'It is larger than 500 MB')
    if (hub.clock.now().getTime() - mtimeMs < settledMs) {
      throw new ConnectorError('temporary', 'Asterisk is still writing the file', { retryAfterMs: settledMs })
    }
    return { bytes: new Uint8Array(await file.readFile()), name: basename(place) }
  } finally {
    await file.close()
  }
}

async function loadFrom(base: string, place: string, settings: Settings, hub: Hub): Promise<{ bytes: Uint8Array; name: string }> {
  const url = `${base.replace(/\/+$/, '')}/${place.split('/').map(encodeURIComponent).join('/')}`
  const response = await hub.fetch(url, { headers: basicSignIn(settings), timeoutMs: 120_000 }).catch((cause: unknown) => {
    throw new ConnectorError('temporary', 'The server of the recordings did not answer', { cause })
  })
  if (response.status === 401 || response.status === 403)
    throw new ConnectorError('auth_failed', 'The server of the recordings refuses the user and password')
  if (!response.ok) throw new ConnectorError('temporary', `The server of the recordings answered ${response.status}`)
  return { bytes: new Uint8Array(await response.arrayBuffer()), name: basename(place) }
}
