import type { Pool } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import type { Files } from '../files/files.ts'
import { type DeliveryView, presentDelivery } from './present-delivery.ts'

interface Deps {
  pool: Pool
  files: Files
}

export interface DeliveryDetail extends DeliveryView {
  method: string
  path: string
  query: string
  headers: Record<string, string>
  dedupeKey: string
  /** Hex. */
  sha256: string
  /** The first 64 kB as text; null when it is not UTF-8. */
  body: string | null
  bodyTruncated: boolean
}

const bodyShown = 64 * 1024

interface Row {
  method: string
  path: string
  query: string
  headers: Record<string, string>
  dedupeKey: string
  sha256: Buffer
  body: Buffer | null
  bodyFile: string | null
}

async function readRow(pool: Pool, id: string): Promise<Row> {
  const { rows } = await pool.query<Row>(
    'select method, path, query, headers, dedupe_key as "dedupeKey", sha256, body, body_file as "bodyFile" from deliveries where id = $1',
    [id],
  )
  const [row] = rows
  if (!row) throw new CoreError('not_found', 'There is no such delivery.')
  return row
}

/** Everything that is known of a delivery. Throws `not_found`. */
export async function inspectDelivery(deps: Deps, id: string): Promise<DeliveryDetail> {
  const view = await presentDelivery(deps.pool, id)
  const { body, bodyFile, sha256, ...row } = await readRow(deps.pool, id)
  const bytes = await bytesOf(deps, { body, bodyFile })
  return { ...view, ...row, sha256: sha256.toString('hex'), body: textOf(bytes.subarray(0, bodyShown)), bodyTruncated: bytes.length > bodyShown }
}

/** The raw body, byte for byte. Throws `not_found`. */
export async function readDeliveryBody(deps: Deps, id: string): Promise<Uint8Array> {
  return await bytesOf(deps, await readRow(deps.pool, id))
}

async function bytesOf({ files }: Deps, { body, bodyFile }: Pick<Row, 'body' | 'bodyFile'>): Promise<Uint8Array> {
  return bodyFile === null ? (body ?? new Uint8Array()) : await files.read(bodyFile)
}

/** A character cut in half at the end does not make it binary. */
function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
  } catch {
    return null
  }
}
