import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Script } from 'node:vm'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { widgetBuild } from './widget-build.ts'

let folder: string
let script: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'switchboard-widget-'))
  await build(widgetBuild(folder))
  script = await readFile(join(folder, 'widget.js'), 'utf8')
}, 240_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

test('the widget is one script under 30 KB', async () => {
  expect(await readdir(folder)).toEqual(['widget.js'])
  expect(() => new Script(script)).not.toThrow()
  expect(gzipSync(script, { level: 9 }).length).toBeLessThan(30 * 1024)
})

test('it sets no cookie, names no foreign host, and reads no text as HTML or code', () => {
  expect(script).not.toMatch(/document\.cookie|innerHTML|insertAdjacentHTML|\beval\(|new Function/)
  const hosts = [...script.matchAll(/https?:\/\/([\w.-]+)/g)].map(([, host]) => host)
  expect(hosts.filter((host) => host !== 'www.w3.org')).toEqual([])
})
