import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakeS3, startFakeS3 } from '../../../tests/support/fake-s3.ts'
import { FileMissing } from './file-missing.ts'
import { attachmentFile, type Files, openFiles } from './files.ts'

let folder: string
let bucket: FakeS3

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'switchboard-files-'))
  bucket = await startFakeS3()
})
afterAll(async () => {
  await bucket.close()
  await rm(folder, { recursive: true })
})

function open(kind: string): Files {
  if (kind === 'disk') return openFiles({ dataDir: folder })
  return openFiles({ dataDir: folder, s3: { ...bucket, region: 'local' } })
}

describe.each(['disk', 's3'])('files on %s', (kind) => {
  it('gives back what was written, whole or in part, and replaces it', async () => {
    const files = open(kind)
    const name = attachmentFile('ab'.repeat(32))
    await files.write(name, Buffer.from('first'))
    await files.write(name, Buffer.from('0123456789'))
    expect(Buffer.from(await files.read(name)).toString()).toBe('0123456789')
    expect(await text(await files.stream(name, { start: 2, end: 4 }))).toBe('234')
    expect(await text(await files.stream(name))).toBe('0123456789')
  })

  it('says which file is missing, and removes what is not there without complaint', async () => {
    const files = open(kind)
    await files.write('deliveries/2026-11-22/x', Buffer.from('x'))
    await files.remove('deliveries/2026-11-22/x')
    await files.remove('deliveries/2026-11-22/x')
    await expect(files.read('deliveries/2026-11-22/x')).rejects.toThrow(FileMissing)
    await expect(files.stream('nowhere/x')).rejects.toThrow(FileMissing)
  })

  it('writes a stream, and lists everything that is whole', async () => {
    const files = open(kind)
    const pieces = async function* () {
      yield Buffer.from('long ')
      yield Buffer.from('content')
    }
    await files.writeStream('recordings/a/long', 12, pieces())
    expect(Buffer.from(await files.read('recordings/a/long')).toString()).toBe('long content')
    expect(await Array.fromAsync(files.list())).toContainEqual({ name: 'recordings/a/long', size: 12 })
  })

  it('lists page by page', async () => {
    const files = open(kind)
    const names = Array.from({ length: 8 }, (_, n) => `pages/name-${n}.x`)
    for (const name of names) await files.write(name, Buffer.from(name))
    const found = await Array.fromAsync(files.list())
    expect(
      found
        .map(({ name }) => name)
        .filter((name) => name.startsWith('pages/'))
        .sort(),
    ).toEqual(names.sort())
    for (const name of names) expect(Buffer.from(await files.read(name)).toString()).toBe(name)
  })

  it('refuses names that lead out of the storage', async () => {
    const files = open(kind)
    for (const name of ['../x', 'a/../../x', '/etc/passwd', 'a//b', '', '.hidden', 'a\\b']) {
      await expect(files.write(name, Buffer.from('x'))).rejects.toThrow('Not a file name')
    }
  })
})

it('leaves no half-written file behind', async () => {
  const files = open('disk')
  await files.write('left/over', Buffer.alloc(100_000))
  expect(await readdir(join(folder, 'files', 'left'))).toEqual(['over'])
})

it('is refused by a bucket whose secret is another', async () => {
  const files = openFiles({ dataDir: folder, s3: { ...bucket, region: 'local', secretAccessKey: 'another' } })
  await expect(files.write('a/b', Buffer.from('x'))).rejects.toThrow('SignatureDoesNotMatch')
  expect(bucket.objects.has('a/b')).toBe(false)
})
