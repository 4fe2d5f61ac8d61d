import { z } from 'zod'
import { fetchFile } from '../../core/connector/fetch-file.ts'
import type { Channel, Hub } from '../../core/connector/hub.ts'
import { wordedError } from '../../core/connector/worded-error.ts'
import { createClient } from './client.ts'
import type { Settings } from './settings.ts'

const video = z.object({ urls: z.record(z.string(), z.string().nullish()).nullish() })
const best = ['mp4_1080', 'mp4_720', 'mp4_480', 'mp4_360', 'mp4_240', 'mp4_144']

/** Content by its address, or of a video by its token: https://dev.max.ru/docs-api/methods/GET/videos/-videoToken- */
export async function fetchMedia(ref: string, { settings }: Channel<Settings>, hub: Hub): Promise<{ bytes: Uint8Array; type?: string }> {
  const vendor = { name: 'MAX', apiRoot: settings.apiRoot }
  if (!ref.startsWith('video:')) return fetchFile(hub, ref, vendor)
  const path = `/videos/${encodeURIComponent(ref.slice('video:'.length))}`
  const { urls } = await createClient(settings, hub)({ method: 'GET', path }, video)
  const url = best.map((name) => urls?.[name]).find(Boolean)
  if (!url) throw wordedError('temporary', { en: 'MAX has not prepared the video yet', ru: 'MAX ещё не подготовил видео' })
  return fetchFile(hub, url, vendor)
}
