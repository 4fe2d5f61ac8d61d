import { z } from 'zod'
import { fetchFile } from '../../core/connector/fetch-file.ts'
import type { Channel, Hub } from '../../core/connector/hub.ts'
import { wordedError } from '../../core/connector/worded-error.ts'
import { accountId } from './account.ts'
import { createClient } from './client.ts'
import type { Settings } from './settings.ts'

const voices = z.object({ voices_urls: z.record(z.string(), z.string()).default({}) })

/** A picture by its address, a voice message by its id: its address lives for an hour and is asked for at the moment of fetching. */
export async function fetchMedia(ref: string, { settings }: Channel<Settings>, hub: Hub): Promise<{ bytes: Uint8Array; type?: string }> {
  const vendor = { name: 'Avito', apiRoot: settings.apiRoot }
  if (!ref.startsWith('voice:')) return fetchFile(hub, ref, vendor)
  const id = ref.slice('voice:'.length)
  const call = createClient(settings, hub)
  const account = await accountId(settings, call, hub)
  const answer = await call({ path: `/messenger/v1/accounts/${account}/getVoiceFiles?voice_ids=${encodeURIComponent(id)}` }, voices)
  const url = answer.voices_urls[id]
  if (url === undefined) throw wordedError('rejected', { en: 'Avito no longer has this voice message', ru: 'Авито: голосового сообщения больше нет' })
  return fetchFile(hub, url, vendor)
}
