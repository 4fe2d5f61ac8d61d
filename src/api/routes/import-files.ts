import { pipeline } from 'node:stream/promises'
import type { Request } from 'express'
import { CoreError } from '../../core/errors.ts'
import { createImport } from '../../core/imports/create-import.ts'
import { downloadRows } from '../../core/imports/download-rows.ts'
import { largestFile } from '../../core/imports/reading/limits.ts'
import { byId } from '../contract/page.ts'
import type { RawHandler } from './raw-handler.ts'

const tooLarge = `A file of at most ${largestFile / 1024 / 1024} MB can be imported: split it, or save it as CSV.`

/** One table, as the body itself, with `?name=`. What says that it is too large is refused before a byte of it is read. */
export const receiveImport: RawHandler = async (request, response, actor, deps) => {
  if (Number(request.headers['content-length'] ?? 0) > largestFile) {
    response.set('connection', 'close')
    throw new CoreError('body_too_large', tooLarge)
  }
  const { name } = request.query
  const shownName =
    typeof name === 'string'
      ? name
          .replaceAll(/\p{Cc}/gu, '')
          .toWellFormed()
          .slice(-255)
      : 'clients'
  const given = { name: shownName, bytes: await bodyOf(request) }
  response.status(201).json(await createImport(deps, given, { actor, ip: request.ip }))
}

async function bodyOf(request: Request): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > largestFile) throw new CoreError('body_too_large', tooLarge)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** The rows of one verdict with their reasons, to be put right in Excel and imported again. */
export const sendImportRows: RawHandler = async (request, response, actor, deps) => {
  const { id } = byId.parse(request.params)
  const { verdict, language, kept } = request.query
  const rows = await downloadRows(
    deps,
    id,
    { verdict: String(verdict ?? ''), kept: kept === 'true', language: String(language ?? '') },
    { actor, ip: request.ip },
  )
  response.set({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': 'attachment; filename="rows.csv"',
    'cache-control': 'private, no-store',
  })
  await pipeline(rows, response).catch((error: unknown) => {
    if (!response.destroyed) throw error
  })
}
