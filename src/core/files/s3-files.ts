import { Readable } from 'node:stream'
import { type ByteRange, FileMissing } from './file-missing.ts'

export interface S3Options {
  bucket: string
  region: string
  /** Absent: Amazon's own. Any server that speaks the S3 protocol otherwise. */
  endpoint?: string | undefined
  accessKeyId: string
  secretAccessKey: string
  /** Bucket in the path instead of the host name, as most servers other than Amazon want. */
  forcePathStyle?: boolean | undefined
}

/** Files in an S3 bucket. A PUT is durable when the server says yes. */
export function openS3Files(options: S3Options) {
  let opening: ReturnType<typeof connect> | undefined
  const opened = () => {
    opening ??= connect(options)
    return opening
  }
  return {
    async write(name: string, bytes: Uint8Array) {
      await (await opened()).driver.put(name, bytes, { contentType: 'application/octet-stream', contentLength: bytes.length })
    },
    async writeStream(name: string, size: number, content: AsyncIterable<Uint8Array>) {
      const stream = Readable.from(content, { objectMode: false })
      await (await opened()).driver.putStream(name, stream, { contentType: 'application/octet-stream', contentLength: size })
    },
    async read(name: string) {
      const { get } = await opened()
      const body = await get(name)
      return body.transformToByteArray()
    },
    async stream(name: string, range?: ByteRange) {
      const { get } = await opened()
      const body = await get(name, range && `bytes=${range.start}-${range.end}`)
      // In Node the SDK's body is a Readable with some methods added.
      if (!(body instanceof Readable)) throw new Error('The S3 answer is not a stream.')
      return body
    },
    async remove(name: string) {
      await (await opened()).driver.delete(name)
    },
    async *list() {
      const { pages } = await opened()
      yield* pages()
    },
  }
}

/** The SDK takes some 40 MB of memory: who keeps files on disk never loads it. */
async function connect(options: S3Options) {
  const [{ S3Driver }, { GetObjectCommand, NoSuchKey, paginateListObjectsV2, S3Client }] = await Promise.all([
    import('flydrive/drivers/s3'),
    import('@aws-sdk/client-s3'),
  ])
  const client = new S3Client({
    region: options.region,
    ...(options.endpoint && { endpoint: options.endpoint }),
    forcePathStyle: options.forcePathStyle ?? Boolean(options.endpoint),
    // Most servers other than Amazon's do not know the sums that the SDK has sent behind a stream since 3.729, and refuse them.
    ...(options.endpoint && { requestChecksumCalculation: 'WHEN_REQUIRED', responseChecksumValidation: 'WHEN_REQUIRED' }),
    credentials: { accessKeyId: options.accessKeyId, secretAccessKey: options.secretAccessKey },
  })
  const driver = new S3Driver({ client, bucket: options.bucket, visibility: 'private', supportsACL: false })
  const get = async (name: string, range?: string) => {
    const command = new GetObjectCommand({ Bucket: options.bucket, Key: name, ...(range && { Range: range }) })
    const answer = await client.send(command).catch((error: unknown) => {
      throw error instanceof NoSuchKey ? new FileMissing(name, error) : error
    })
    if (!answer.Body) throw new FileMissing(name)
    return answer.Body
  }
  async function* pages(): AsyncGenerator<{ name: string; size: number }> {
    for await (const page of paginateListObjectsV2({ client }, { Bucket: options.bucket })) {
      for (const { Key: name, Size: size } of page.Contents ?? []) if (name !== undefined && size !== undefined) yield { name, size }
    }
  }
  return { driver, get, pages }
}
