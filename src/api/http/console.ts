import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import express from 'express'

const compress = promisify(gzip)
const compressible = /^[\w.-]+\.(js|css|svg|json)$/

/** The built console; every address that is no file is a scene of it. Assets carry their hash in the name and never change. */
export function consoleRoutes(folder: string): express.Router {
  const routes = express.Router()
  routes.get('/assets/:name', compressedAssets(join(folder, 'assets')))
  routes.use('/assets', express.static(join(folder, 'assets'), { immutable: true, maxAge: '1y', index: false }))
  routes.use('/assets', (_request, response) => {
    response.status(404).end()
  })
  routes.use(express.static(folder, { index: false, maxAge: 0 }))
  routes.get(/.*/, (request, response, next) => {
    const page = join(folder, 'index.html')
    if (!request.accepts('html') || !existsSync(page)) return next()
    response.set('cache-control', 'no-cache').sendFile(page)
  })
  return routes
}

/** Scripts and styles are compressed once and kept: there are few, and they weigh a third. */
function compressedAssets(folder: string): express.RequestHandler<{ name: string }> {
  const kept = new Map<string, Promise<Buffer>>()
  return async (request, response, next) => {
    const { name } = request.params
    const path = join(folder, name)
    if (!compressible.test(name) || !request.acceptsEncodings('gzip') || !existsSync(path)) return next()
    const content = kept.get(name) ?? readFile(path).then((bytes) => compress(bytes, { level: 9 }))
    kept.set(name, content)
    response.set({ 'content-encoding': 'gzip', vary: 'accept-encoding', 'cache-control': 'public, max-age=31536000, immutable' })
    response.type(name).send(await content)
  }
}
