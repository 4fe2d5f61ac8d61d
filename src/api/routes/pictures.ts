import { z } from 'zod'
import { openPicture } from '../../core/contacts/open-picture.ts'
import type { RawHandler } from './raw-handler.ts'

const place = z.object({ id: z.uuid() })

/** The face of a client, by an address that changes with it: browsers keep it. */
export const sendPicture: RawHandler = async (request, response, actor, deps) => {
  const { id } = place.parse(request.params)
  const { type, sha256, bytes } = await openPicture(deps, actor, id)
  response.set({
    'content-type': type,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'private, max-age=86400',
    etag: `"${sha256}"`,
  })
  if (request.fresh) response.status(304).end()
  else response.end(bytes)
}
