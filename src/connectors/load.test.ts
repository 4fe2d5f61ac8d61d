import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { joinConnectors, loadConnectors } from './load.ts'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'connectors-'))
})

afterAll(() => rmSync(folder, { recursive: true }))

function write(name: string, text: string): string {
  const file = path.join(folder, name)
  writeFileSync(file, text)
  return file
}

const text = "{ en: 'x', ru: 'х' }"
const schema = '{ parse: (value) => value, safeParse: () => ({ success: true }) }'

function plainConnector(id: string, more = ''): string {
  const manifest = `{ id: '${id}', title: ${text}, summary: ${text}, media: ['x'], transport: ['webhook'], proof: ['url'], abilities: [], steps: [], icon: '' }`
  return `export const one = { manifest: ${manifest}, settings: ${schema}, check: async () => ({ ok: true }), normalise: () => [] ${more} }`
}

it('loads a folder with connector.ts and a plain file', async () => {
  const loaded = await loadConnectors(['examples/connector-example', write('good.mjs', plainConnector('plain'))])
  expect(loaded.map(({ manifest }) => manifest.id)).toEqual(['doorbell', 'plain'])
})

it.each([
  ['nothing there', () => path.join(folder, 'missing'), /neither a file, a folder with connector\.ts nor an installed package/],
  ['broken code', () => write('broken.mjs', 'export const = 1'), /broken\.mjs cannot be loaded: \S+/],
  ['no connector', () => write('none.mjs', 'export const answer = 42'), /exports no connector/],
  ['half a manifest', () => write('half.mjs', "export const half = { manifest: { id: 'half' } }"), /is no connector: manifest\.title/],
  ['a bad id', () => write('id.mjs', plainConnector('Bad Id')), /manifest\.id: is not kebab-case/],
  ['an ability the manifest hides', () => write('more.mjs', plainConnector('more', ', verify: () => ({})')), /disagree about verify/],
])('says in one sentence what is wrong: %s', async (_case, makePath, words) => {
  await expect(loadConnectors([makePath()])).rejects.toThrow(words)
})

it('refuses two connectors of one id', async () => {
  const one = write('one.mjs', plainConnector('same'))
  const two = write('two.mjs', plainConnector('same'))
  await expect(loadConnectors([one, two])).rejects.toThrow(/second connector "same"/)
  const [loaded] = await loadConnectors([one])
  if (!loaded) throw new Error('nothing was loaded')
  expect(joinConnectors([], [loaded])).toEqual([loaded])
  expect(() => joinConnectors([loaded], [loaded])).toThrow(/built-in/)
})
