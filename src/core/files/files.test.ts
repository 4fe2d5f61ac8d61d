import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer, text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FileMissing } from './file-missing.ts'
import { attachmentFile, type Files, openFiles } from './files.ts'

let folder: string
let bucket: Server
const objects = new Map<string, Buffer>()

/** As much of the S3 protocol as the driver asks for: PUT, GET with a range, DELETE, the list. */
function startBucket(): Promise<Server> {
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '', 'http://s3')
    const name = url.pathname.replace('/bucket/', '')
    if (url.searchParams.has('list-type')) {
      const contents = [...objects].map(([key, bytes]) => `<Contents><Key>${key}</Key><Size>${bytes.length}</Size></Contents>`)
      return response.writeHead(200, { 'content-type': 'application/xml' }).end(`<ListBucketResult>${contents.join('')}</ListBucketResult>`)
    }
    if (request.method === 'PUT') {
      const bytes = await buffer(request)
      objects.set(name, request.headers['x-amz-trailer'] ? unchunked(bytes) : bytes)
      return response.end()
    }
    if (request.method === 'DELETE') {
      objects.delete(name)
      return response.writeHead(204).end()
    }
    const found = objects.get(name)
    if (!found)
      return response.writeHead(404, { 'content-type': 'application/xml' }).end('<Error><Code>NoSuchKey</Code><Message>no</Message></Error>')
    const range = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? '')
    if (!range) return response.end(found)
    return response.writeHead(206).end(found.subarray(Number(range[1]), Number(range[2]) + 1))
  })
  return new Promise((done) => server.listen(0, '127.0.0.1', () => done(server)))
}

/** The SDK sends a stream as `<hex length>\r\n<bytes>\r\n` …, `0`, then its sum. */
function unchunked(bytes: Buffer): Buffer {
  const pieces: Buffer[] = []
  for (let at = 0; ; ) {
    const end = bytes.indexOf('\r\n', at)
    const length = Number.parseInt(bytes.toString('latin1', at, end), 16)
    if (length === 0) return Buffer.concat(pieces)
    pieces.push(bytes.subarray(end + 2, end + 2 + length))
    at = end + 2 + length + 2
  }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'switchboard-files-'))
  bucket = await startBucket()
})
afterAll(async () => {
  bucket.closeAllConnections()
  await new Promise((done) => bucket.close(done))
  await rm(folder, { recursive: true })
})

function open(kind: string): Files {
  if (kind === 'disk') return openFiles({ dataDir: folder })
  const endpoint = `http://127.0.0.1:${(bucket.address() as AddressInfo).port}`
  return openFiles({ dataDir: folder, s3: { endpoint, region: 'local', bucket: 'bucket', accessKeyId: 'id', secretAccessKey: 'key' } })
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
