import { z } from 'zod'
import { fetchFile } from '../../core/connector/fetch-file.ts'
import type { Channel, Hub } from '../../core/connector/hub.ts'
import { wordedError } from '../../core/connector/worded-error.ts'
import { type Call, createClient, fileAddress } from './client.ts'
import { TelegramRefusal } from './failures.ts'
import { readPictureRef } from './ids.ts'
import type { Settings } from './settings.ts'

const fileInfo = z.object({ file_path: z.string().optional() })
const profilePhotos = z.object({ photos: z.array(z.array(z.object({ file_id: z.string(), width: z.number() }))) })

/**
 * Content of a file by its id (https://core.telegram.org/bots/api#getfile), or the present picture of a person. The address holds the token, so it
 * appears in no error.
 */
export async function fetchMedia(ref: string, { settings }: Channel<Settings>, hub: Hub): Promise<{ bytes: Uint8Array }> {
  const call = createClient(settings)
  const personId = readPictureRef(ref)
  const fileId = personId === undefined ? ref : await pictureOf(personId, call)
  const { file_path: path } = await call('getFile', { file_id: fileId }, fileInfo).catch((error: unknown) => {
    if (error instanceof TelegramRefusal && /file is too big/i.test(error.description)) throw tooBig()
    throw error
  })
  if (path === undefined) throw wordedError('rejected', { en: 'Telegram no longer has this file', ru: 'У Telegram больше нет этого файла' })
  if (path.startsWith('/')) throw onItsOwnDisk()
  const { bytes } = await fetchFile(hub, fileAddress(settings, path), { name: 'Telegram', apiRoot: settings.apiRoot })
  return { bytes }
}

/** https://core.telegram.org/bots/api#getuserprofilephotos: the present one comes first, in several sizes. */
async function pictureOf(userId: number, call: Call): Promise<string> {
  const { photos } = await call('getUserProfilePhotos', { user_id: userId, limit: 1 }, profilePhotos)
  const largest = photos[0]?.toSorted((a, b) => b.width - a.width)[0]
  if (largest) return largest.file_id
  throw wordedError('rejected', { en: 'This person shows no picture', ru: 'У этого человека нет видимой картинки' })
}

function tooBig() {
  return wordedError('unsupported', {
    en: 'Telegram gives bots only files up to 20 MB; ask the client for a link, or run a local Bot API server',
    ru: 'Telegram отдаёт ботам файлы только до 20 МБ: попросите у клиента ссылку или поставьте локальный сервер Bot API',
  })
}

function onItsOwnDisk() {
  return wordedError('unsupported', {
    en: 'The local Bot API server runs with --local and keeps files on its own disk: start it without',
    ru: 'Локальный сервер Bot API запущен с --local и держит файлы на своём диске: запустите его без этого ключа',
  })
}
