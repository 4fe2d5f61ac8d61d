import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import express from 'express'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { consoleRoutes } from './console.ts'

let folder: string
let server: Server
let url: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'switchboard-console-'))
  await mkdir(join(folder, 'web/assets'), { recursive: true })
  await writeFile(join(folder, 'web/index.html'), '<title>Console</title>')
  await writeFile(join(folder, 'web/assets/index-abc.js'), `let a = '${'x'.repeat(10_000)}'`)
  await writeFile(join(folder, 'secret.js'), 'secret')
  server = createServer(express().use(consoleRoutes(join(folder, 'web'))))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  server.close()
  await rm(folder, { recursive: true })
})

describe('the console', () => {
  it('is one page for all its scenes, never kept by the browser', async () => {
    const answer = await fetch(`${url}/clients/1`, { headers: { accept: 'text/html' } })
    expect([answer.status, await answer.text(), answer.headers.get('cache-control')]).toEqual([200, '<title>Console</title>', 'no-cache'])
  })

  it('sends scripts compressed and for ever, and plain to who cannot read that', async () => {
    const answers = await Promise.all(
      ['gzip', 'identity'].map((encoding) => fetch(`${url}/assets/index-abc.js`, { headers: { 'accept-encoding': encoding } })),
    )
    expect(answers.map((answer) => answer.headers.get('content-encoding'))).toEqual(['gzip', null])
    for (const answer of answers) {
      expect(answer.headers.get('cache-control')).toContain('immutable')
      expect(await answer.text()).toContain('xxx')
    }
    expect(Number(answers[0]?.headers.get('content-length'))).toBeLessThan(500)
  })

  it('says that a script is gone instead of sending the page, and never leaves its folder', async () => {
    expect((await fetch(`${url}/assets/index-old.js`)).status).toBe(404)
    for (const path of ['/assets/..%2f..%2fsecret.js', '/..%2fsecret.js']) expect(await (await fetch(url + path)).text()).not.toContain('secret')
  })
})
