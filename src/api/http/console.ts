import { existsSync } from 'node:fs'
import { join } from 'node:path'
import express from 'express'

/** The built console; every address that is no file is a scene of it. Assets carry their hash in the name and never change. */
export function consoleRoutes(folder: string): express.Router {
  const routes = express.Router()
  routes.use('/assets', express.static(join(folder, 'assets'), { immutable: true, maxAge: '1y', index: false, fallthrough: false }))
  routes.use(express.static(folder, { index: false, maxAge: 0 }))
  routes.get(/.*/, (request, response, next) => {
    const page = join(folder, 'index.html')
    if (!request.accepts('html') || !existsSync(page)) return next()
    response.set('cache-control', 'no-cache').sendFile(page)
  })
  return routes
}
