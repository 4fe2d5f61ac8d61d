import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { RequestHandler } from 'express'

const compress = promisify(gzip)

/** The script for pages of other sites; compressed once. A new version is there within five minutes. */
export function sendWidget(file: string): RequestHandler {
  let prepared: Promise<{ plain: Buffer; small: Buffer; etag: string }> | undefined
  const prepare = async () => {
    const plain = await readFile(file)
    return { plain, small: await compress(plain, { level: 9 }), etag: `"${createHash('sha256').update(plain).digest('hex').slice(0, 32)}"` }
  }
  return async (request, response) => {
    prepared ??= prepare()
    const { plain, small, etag } = await prepared
    response.set({
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'public, max-age=300',
      vary: 'accept-encoding',
      etag,
    })
    if (request.fresh) return void response.status(304).end()
    const isSmall = request.acceptsEncodings('gzip') !== false
    if (isSmall) response.set('content-encoding', 'gzip')
    response.type('text/javascript').send(isSmall ? small : plain)
  }
}
