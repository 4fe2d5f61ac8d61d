import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../tests/support/database.ts'
import { systemActor } from '../access/actor.ts'
import { newId } from '../database/id.ts'
import { type Files, openFiles } from '../files/files.ts'
import { sweepUploads } from './sweep-uploads.ts'
import { uploadAttachment } from './upload-attachment.ts'

let database: TestDatabase
let folder: string
let files: Files
beforeAll(async () => {
  database = await testDatabase()
  folder = await mkdtemp(join(tmpdir(), 'uploads-'))
  files = openFiles({ dataDir: folder })
})
afterAll(async () => {
  await database.close()
  await rm(folder, { recursive: true, force: true })
})

async function upload(): Promise<string> {
  const content = { name: 'plan.pdf', type: 'application/pdf', bytes: Buffer.from('the same plan') }
  return (await uploadAttachment({ pool: database.pool, files }, content, { actor: systemActor, ip: undefined })).id
}

async function age(id: string, entryId: string | null): Promise<void> {
  await database.pool.query(`update attachments set created_at = now() - interval '25 hours', entry_id = $2 where id = $1`, [id, entryId])
}

it('removes what was never sent within a day, with its content; what is fresh, or belongs to a message, stays', async () => {
  const [forgotten, sent, fresh] = [await upload(), await upload(), await upload()]
  await age(forgotten, null)
  await age(sent, newId())
  expect(await sweepUploads({ pool: database.pool, files })).toBe(1)
  const { rows } = await database.pool.query<{ id: string; file: string }>('select id, file from attachments order by id')
  expect(rows.map(({ id }) => id)).toEqual([sent, fresh])
  for (const { file } of rows) expect(Buffer.from(await files.read(file)).toString()).toBe('the same plan')
  const kept: string[] = []
  for await (const { name } of files.list()) kept.push(name)
  expect(kept.sort()).toEqual(rows.map(({ file }) => file).sort())
})
