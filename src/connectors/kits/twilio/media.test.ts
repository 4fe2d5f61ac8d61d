import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { download } from './media.ts'

const servers: Server[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve))
})

/** Every request is noted; `/file` goes on to `location`. */
async function vendor(location?: string): Promise<{ url: string; seen: IncomingHttpHeaders[] }> {
  const seen: IncomingHttpHeaders[] = []
  const server = createServer((request, response) => {
    seen.push(request.headers)
    if (location === undefined) response.writeHead(200, { 'content-type': 'image/png', connection: 'close' }).end('picture')
    else response.writeHead(302, { location, connection: 'close' }).end()
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen }
}

const asked: { url: string; untrusted: boolean | undefined }[] = []
const hub = {
  fetch: (url: string, init: RequestInit & { untrusted?: boolean; timeoutMs?: number } = {}) => {
    const { untrusted, timeoutMs: _, ...rest } = init
    asked.push({ url, untrusted })
    return fetch(url, rest)
  },
}
const account = (apiRoot: string) => ({ accountSid: 'AC1', authToken: 'secret', apiRoot })

test('the password goes to the API and not on to the storage', async () => {
  const storage = await vendor()
  const api = await vendor(`${storage.url}/content`)
  const media = await download(`${api.url}/file`, account(api.url), hub)
  expect(Buffer.from(media.bytes).toString()).toBe('picture')
  expect(api.seen[0]?.authorization).toBe(`Basic ${Buffer.from('AC1:secret').toString('base64')}`)
  expect(storage.seen[0]?.authorization).toBeUndefined()
})

test('an address elsewhere gets no password and may not lie in a private network', async () => {
  const elsewhere = await vendor()
  asked.length = 0
  await download(`${elsewhere.url}/file`, account('https://api.twilio.com'), hub)
  expect(elsewhere.seen[0]?.authorization).toBeUndefined()
  expect(asked).toEqual([{ url: `${elsewhere.url}/file`, untrusted: true }])
})
