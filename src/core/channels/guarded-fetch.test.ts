import { createServer, type Server } from 'node:http'
import type { AddressInfo, LookupFunction } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { guardedFetch } from './guarded-fetch.ts'
import { hubFetch } from './hub-fetch.ts'
import { isPrivateAddress } from './private-address.ts'

let server: Server
let port: number
let requests: string[] = []

beforeAll(async () => {
  server = createServer((request, response) => {
    requests.push(`${request.method} ${request.headers.host} ${request.url}`)
    if (request.headers.authorization) requests.push(`${request.headers.authorization} at ${request.headers.host}`)
    if (request.url === '/inside') return response.writeHead(302, { location: `http://127.0.0.2:${port}/secret` }).end()
    if (request.url === '/name') return response.writeHead(302, { location: `http://localhost:${port}/secret` }).end()
    if (request.url === '/away') return response.writeHead(302, { location: `http://127.0.0.1:${port}/end` }).end()
    if (request.url === '/twice') return response.writeHead(303, { location: '/end' }).end()
    if (request.url === '/loop') return response.writeHead(302, { location: '/loop' }).end()
    if (request.url === '/slow') return undefined
    return response.writeHead(200, { 'x-test': 'yes' }).end('body')
  })
  await new Promise<void>((done) => server.listen(0, '0.0.0.0', done))
  port = (server.address() as AddressInfo).port
})
afterAll(async () => {
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
})

/** 127.0.0.1 plays the internet here, 127.0.0.2 the inside; the name resolves to each of `answers` in turn, then to the last for ever. */
function guardOf(...answers: string[]) {
  const lookup: LookupFunction = (_host, _options, callback) => {
    const address = answers.length > 1 ? answers.shift() : answers[0]
    callback(null, [{ address: address ?? '', family: 4 }])
  }
  return { lookup, isPrivate: (address: string) => address !== '127.0.0.1' }
}
const at = (path: string, host = 'localhost') => `http://${host}:${port}${path}`
const guard = guardOf('127.0.0.1')

describe('fetch of addresses that strangers wrote', () => {
  it('fetches what is public and follows redirects there', async () => {
    const answer = await guardedFetch(at('/twice'), { method: 'POST', body: 'x' }, guard)
    expect([answer.status, answer.headers.get('x-test'), await answer.text()]).toEqual([200, 'yes', 'body'])
    expect(requests.at(-1)).toBe(`GET localhost:${port} /end`)
    await expect(guardedFetch(at('/loop'), {}, guard)).rejects.toMatchObject({ code: 'rejected' })
  })

  it('shows what proves us to the host it was meant for, and to no other', async () => {
    requests = []
    const headers = { authorization: 'Basic secret' }
    await (await guardedFetch(at('/twice'), { headers }, guard)).text()
    await (await guardedFetch(at('/away'), { headers }, guard)).text()
    expect(requests.filter((line) => line.startsWith('Basic'))).toEqual(Array(3).fill(`Basic secret at localhost:${port}`))
    expect(requests.at(-1)).toBe(`GET 127.0.0.1:${port} /end`)
  })

  it('never reaches a private address: by number, by name, by redirect', async () => {
    requests = []
    await expect(guardedFetch(at('/'), {}, guardOf('127.0.0.2'))).rejects.toMatchObject({ code: 'rejected' })
    for (const url of [at('/', '127.0.0.2'), at('/', '[::1]'), 'file:///etc/passwd', 'gopher://x', 'nonsense']) {
      await expect(guardedFetch(url, {}, guard)).rejects.toMatchObject({ code: 'rejected' })
    }
    await expect(guardedFetch(at('/inside'), {}, guard)).rejects.toMatchObject({ code: 'rejected' })
    await expect(guardedFetch(at('/name'), {}, guardOf('127.0.0.1', '127.0.0.2'))).rejects.toMatchObject({ code: 'rejected' })
    expect(requests.filter((line) => line.includes('secret'))).toEqual([])
  })

  it('guards the hub’s fetch when the address is untrusted, and only then', async () => {
    expect((await hubFetch(at('/', '127.0.0.1'))).status).toBe(200)
    for (const host of ['127.0.0.1', 'localhost', '2130706433', '0x7f.1', '[::ffff:127.0.0.1]', '0.0.0.0']) {
      await expect(hubFetch(at('/', host), { untrusted: true })).rejects.toMatchObject({ code: 'rejected' })
    }
    await expect(hubFetch(at('/slow', '127.0.0.1'), { timeoutMs: 100 })).rejects.toMatchObject({ name: 'TimeoutError' })
  })

  it('knows what is private', () => {
    const inside = ['10.1.2.3', '172.31.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.1.2.3', '224.0.0.1', '255.255.255.255']
    const inside6 = ['::', '::1', 'fe80::1%eth0', 'fd00::1', 'ff02::1', '::ffff:8.8.8.8', '64:ff9b::a00:1', '2002:a00:1::', '2001:db8::1']
    for (const address of [...inside, ...inside6, 'nonsense']) expect([address, isPrivateAddress(address)]).toEqual([address, true])
    for (const address of ['8.8.8.8', '172.32.0.1', '2606:4700:4700::1111']) expect([address, isPrivateAddress(address)]).toEqual([address, false])
  })
})
