import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { link, mkdir, open, readFile, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import type { Config } from '../config.ts'
import { explainFileError } from '../core/database/embedded-cluster.ts'
import { StartFailure } from '../core/start-failure.ts'
import { explainDatabaseError } from './explain-database-error.ts'

type KeyConfig = Pick<Config, 'secretKey' | 'dataDir' | 'databaseUrl'>

/** The row of `settings` by which a wrong key is known before it spoils anything. */
const checkName = 'secret_key_check'

/**
 * The 32 bytes that everything secret hangs on: from `SECRET_KEY`, else from `<DATA_DIR>/secret.key`, made at the first start.
 * @throws StartFailure `secret_key_wrong` when the data were written under another key.
 */
export async function loadSecretKey(config: KeyConfig, databaseUrl: string): Promise<Buffer> {
  const client = new pg.Client({ connectionString: databaseUrl })
  client.on('error', () => {})
  try {
    await client.connect()
    const known = await readCheck(client)
    const text = config.secretKey ?? (await readKeyFile(config.dataDir, known !== undefined))
    const key = keyOf(text)
    const check = keyCheckOf(text)
    if (!isSame(known ?? (await keepCheck(client, check)), check)) throw wrongKey(config)
    return key
  } catch (error) {
    throw explainDatabaseError(error, config.databaseUrl)
  } finally {
    await client.end()
  }
}

function keyOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

/** What tells this key from another and gives nothing of it away. */
export function keyCheckOf(text: string): string {
  return createHmac('sha256', keyOf(text)).update(checkName).digest('hex')
}

/** The text of the key that this hub would start with; undefined when there is none yet. */
export async function readKeyText(config: Pick<Config, 'secretKey' | 'dataDir'>): Promise<string | undefined> {
  return config.secretKey ?? (await readIfThere(keyFile(config.dataDir)))
}

function wrongKey(config: KeyConfig): StartFailure {
  const origin = config.secretKey ? 'SECRET_KEY' : `The key in ${keyFile(config.dataDir)}`
  return new StartFailure(
    'secret_key_wrong',
    `${origin} is not the one that this database was written under: give the old one back, for without it its secrets cannot be read.`,
  )
}

export function keyFile(dataDir: string): string {
  return join(dataDir, 'secret.key')
}

async function readKeyFile(dataDir: string, hasData: boolean): Promise<string> {
  const file = keyFile(dataDir)
  try {
    const text = await readIfThere(file)
    if (text) return text
    if (!hasData) return await makeKeyFile(dataDir, file)
  } catch (error) {
    throw explainFileError(error, dataDir)
  }
  throw new StartFailure('secret_key_wrong', `This database was written under a key that is not here: put it back as ${file}, or set SECRET_KEY.`)
}

/** Written beside its place and linked whole, so that of two processes one makes it and a cut-off start leaves no half key. */
async function makeKeyFile(dataDir: string, file: string): Promise<string> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const unfinished = `${file}.${randomBytes(4).toString('hex')}`
  const handle = await open(unfinished, 'wx', 0o600)
  try {
    await handle.writeFile(`${randomBytes(32).toString('hex')}\n`)
    await handle.sync()
    await link(unfinished, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  } finally {
    await handle.close()
    await unlink(unfinished)
  }
  return (await readFile(file, 'utf8')).trim()
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

async function readCheck(client: pg.Client): Promise<string | undefined> {
  const found = await client.query<{ value: string }>('select value from settings where name = $1', [checkName])
  return found.rows[0]?.value
}

/** Keeps the first key's check and returns the one that is kept: another process may have been faster. */
async function keepCheck(client: pg.Client, check: string): Promise<string> {
  await client.query('insert into settings (name, value, updated_at) values ($1, to_jsonb($2::text), now()) on conflict (name) do nothing', [
    checkName,
    check,
  ])
  return (await readCheck(client)) ?? check
}

function isSame(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other))
}
