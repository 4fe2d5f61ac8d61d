import { z } from 'zod'
import { ConnectorError } from '../../core/connector/errors.ts'
import type { Channel, Hub } from '../../core/connector/hub.ts'
import { createClient, fileAddress } from './client.ts'
import { explainRefusal, TelegramRefusal } from './failures.ts'
import type { Settings } from './settings.ts'

const fileInfo = z.object({ file_path: z.string().optional() })

/** Content of a file by its id: https://core.telegram.org/bots/api#getfile. The address holds the token, so it appears in no error. */
export async function fetchMedia(ref: string, channel: Channel<Settings>, hub: Hub): Promise<{ bytes: Uint8Array }> {
  const { settings } = channel
  const { file_path: path } = await createClient(settings)('getFile', { file_id: ref }, fileInfo).catch((error: unknown) => {
    if (error instanceof TelegramRefusal && /file is too big/i.test(error.description)) {
      throw new ConnectorError('unsupported', 'Telegram gives bots only files up to 20 MB; ask the client for a link, or run a local Bot API server')
    }
    throw error
  })
  if (path === undefined) throw new ConnectorError('rejected', 'Telegram no longer has this file')
  if (path.startsWith('/')) {
    throw new ConnectorError('unsupported', 'The local Bot API server runs with --local and keeps files on its own disk: start it without')
  }
  return { bytes: await download(fileAddress(settings, path), hub) }
}

async function download(address: string, hub: Hub): Promise<Uint8Array> {
  const response = await hub.fetch(address, { timeoutMs: 120_000 }).catch(() => {
    throw new ConnectorError('temporary', 'The file could not be fetched from Telegram')
  })
  if (!response.ok) {
    await response.body?.cancel().catch(() => undefined)
    throw explainRefusal({ error_code: response.status, description: 'the file is not there' }, { mayHaveActed: false })
  }
  try {
    return new Uint8Array(await response.arrayBuffer())
  } catch {
    throw new ConnectorError('temporary', 'The connection broke while a file came from Telegram')
  }
}
