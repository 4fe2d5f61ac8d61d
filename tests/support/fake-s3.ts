import { createHash, createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

export interface FakeS3 {
  endpoint: string
  bucket: string
  accessKeyId: string
  secretAccessKey: string
  /** The environment of a hub that keeps its files here. */
  env: Record<string, string>
  objects: Map<string, Buffer>
  close(): Promise<void>
}

const bucket = 'files-of-the-firm'
const accessKeyId = 'AKIDEXAMPLE'
const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'
/** So that every list has several pages. */
const perPage = 3

/**
 * A bucket behind real HTTP that speaks the protocol as servers other than Amazon's do: PUT, GET with a range, DELETE, the list by pages. Every request must
 * be signed, its body too unless it says that it is not; sums behind a stream (`aws-chunked`) are refused.
 */
export async function startFakeS3(): Promise<FakeS3> {
  const objects = new Map<string, Buffer>()
  const server = createServer((request, response) => {
    answer(objects, request, response).catch((error: unknown) => response.writeHead(500).end(String(error)))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const env = { S3_ENDPOINT: endpoint, S3_BUCKET: bucket, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey }
  return {
    endpoint,
    bucket,
    accessKeyId,
    secretAccessKey,
    env,
    objects,
    async close() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}

async function answer(objects: Map<string, Buffer>, request: IncomingMessage, response: ServerResponse): Promise<unknown> {
  const body = await buffer(request)
  const refuse = (status: number, code: string) =>
    response.writeHead(status, { 'content-type': 'application/xml' }).end(`<Error><Code>${code}</Code><Message>${code}</Message></Error>`)
  const said = String(request.headers['x-amz-content-sha256'])
  if (said !== 'UNSIGNED-PAYLOAD' && !/^[0-9a-f]{64}$/.test(said)) return refuse(400, 'InvalidArgument')
  if (said !== 'UNSIGNED-PAYLOAD' && said !== sha256(body)) return refuse(400, 'XAmzContentSHA256Mismatch')
  if (!isSigned(request)) return refuse(403, 'SignatureDoesNotMatch')
  const url = new URL(request.url ?? '', 'http://s3')
  const [, inBucket, ...rest] = decodeURIComponent(url.pathname).split('/')
  if (inBucket !== bucket) return refuse(404, 'NoSuchBucket')
  const name = rest.join('/')
  if (url.searchParams.has('list-type'))
    return response.writeHead(200, { 'content-type': 'application/xml' }).end(listOf(objects, url.searchParams.get('continuation-token') ?? ''))
  if (request.method === 'PUT') {
    objects.set(name, body)
    return response.writeHead(200, { etag: '"sum"' }).end()
  }
  if (request.method === 'DELETE') {
    objects.delete(name)
    return response.writeHead(204).end()
  }
  const found = objects.get(name)
  if (!found) return refuse(404, 'NoSuchKey')
  const range = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? '')
  return range ? response.writeHead(206).end(found.subarray(Number(range[1]), Number(range[2]) + 1)) : response.end(found)
}

function listOf(objects: Map<string, Buffer>, after: string): string {
  const names = [...objects.keys()].filter((name) => name > after).sort()
  const page = names.slice(0, perPage)
  const contents = page.map((name) => `<Contents><Key>${name}</Key><Size>${objects.get(name)?.length}</Size></Contents>`).join('')
  const next = names.length > perPage ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : ''
  return `<ListBucketResult><IsTruncated>${next !== ''}</IsTruncated>${contents}${next}</ListBucketResult>`
}

/** Signature Version 4 by the words of "Signature Calculations for the Authorization Header" (Amazon S3, API Reference). */
function isSigned(request: IncomingMessage): boolean {
  const header = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/
  const [, id, day = '', region = '', signed = '', signature] = header.exec(request.headers.authorization ?? '') ?? []
  const url = new URL(request.url ?? '', 'http://s3')
  const query = [...url.searchParams].map(([key, value]) => `${encoded(key)}=${encoded(value)}`).sort()
  const headers = signed.split(';').map((name) => `${name}:${String(request.headers[name]).trim().replaceAll(/ +/g, ' ')}\n`)
  const path = decodeURIComponent(url.pathname).split('/').map(encoded).join('/')
  const canonical = [request.method, path, query.join('&'), headers.join(''), signed, request.headers['x-amz-content-sha256']].join('\n')
  const toSign = ['AWS4-HMAC-SHA256', request.headers['x-amz-date'], `${day}/${region}/s3/aws4_request`, sha256(canonical)].join('\n')
  const key = [day, region, 's3', 'aws4_request'].reduce<string | Buffer>((made, part) => hmac(made, part), `AWS4${secretAccessKey}`)
  return id === accessKeyId && hmac(key, toSign).toString('hex') === signature
}

function encoded(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
