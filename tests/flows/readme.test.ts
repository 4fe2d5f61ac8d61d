import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { withConnectorTable } from '../../scripts/readme/connector-table.ts'
import { connectors } from '../../src/connectors/registry.ts'
import { testDatabase } from '../support/database.ts'
import { startHub } from '../support/hub-process.ts'

// What a newcomer reads is held to: a README that has gone stale fails here.

const root = resolve(import.meta.dirname, '../..')
const readme = readFileSync(join(root, 'README.md'), 'utf8')
const blocks = [...readme.matchAll(/^```\n([\s\S]*?)^```$/gm)].map((found) => found[1] ?? '')

test('every file that it links to is there', () => {
  const links = [...readme.matchAll(/\]\((?!https?:)([^)]+)\)/g)].map((found) => found[1] ?? '')
  expect(links.length).toBeGreaterThan(20)
  expect(links.filter((link) => !existsSync(join(root, link)))).toEqual([])
})

test('every command of npm that it prints is there', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> }
  const named = [...readme.matchAll(/\bnpm (?:run )?([\w:]+)/g)].map((found) => found[1] ?? '')
  expect(named).toEqual(expect.arrayContaining(['start', 'test', 'bench']))
  expect(named.filter((name) => !(name in scripts))).toEqual([])
})

test('every promise has a figure and names the test that proves it', () => {
  const section = readme.slice(readme.indexOf('## What it promises'), readme.indexOf('## What it connects'))
  const rows = section.split('\n').filter((line) => line.startsWith('|'))
  const promises = rows.slice(2).map((line) => line.split('|').map((cell) => cell.trim()))
  expect(promises).toHaveLength(11)
  for (const [, promise, figure, proof] of promises) {
    expect(figure, promise).toMatch(/\d/)
    expect(proof, promise).toMatch(/\]\([\w./-]+\.test\.ts\)/)
  }
})

/** Without what a formatter adds to align a table. */
const plain = (text: string) => text.replaceAll(/ {2,}/g, ' ').replaceAll(/-{3,}/g, '---')

test('its table of connectors is what their manifests say (npm run readme writes it)', () => {
  const manifests = connectors.map(({ manifest }) => manifest)
  expect(plain(readme)).toBe(plain(withConnectorTable(readme, manifests)))
})

test('the first form’s curl makes a card, as it is printed', async () => {
  const printed = blocks.find((block) => block.startsWith('curl '))
  expect(printed).toBeDefined()
  const [database, dataDir] = [await testDatabase(), await mkdtemp(join(tmpdir(), 'readme-'))]
  const apiKey = `swb_${randomBytes(24).toString('base64url')}`
  const hub = await startHub({ env: { DATABASE_URL: database.url, DATA_DIR: dataDir, ADMIN_API_KEY: apiKey } })
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' }
  const made = await fetch(`${hub.url}/api/v1/channels`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ connector: 'form', name: 'Site', settings: {} }),
  })
  const { key } = (await made.json()) as { key: string }
  await promisify(execFile)('sh', ['-c', (printed ?? '').replace('http://127.0.0.1:3000', hub.url).replace('<key>', key)])
  const names = async () => {
    const answer = await fetch(`${hub.url}/api/v1/contacts?query=${encodeURIComponent('8 916 123 45 67')}`, { headers })
    return ((await answer.json()) as { items: { name: string }[] }).items.map(({ name }) => name)
  }
  await expect.poll(names, { timeout: 60_000 }).toEqual(['Anna'])
  await hub.end()
  await database.close()
  await rm(dataDir, { recursive: true, force: true })
}, 240_000)
