import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectors } from '../src/connectors/registry.ts'

interface Cruise {
  summary: { totalCruised: number; violations: { from: string; rule: { name: string } }[] }
  modules: { source: string; dependencies: { resolved: string }[] }[]
}

let planted: string

beforeAll(() => {
  mkdirSync('tests/.tmp', { recursive: true })
  planted = mkdtempSync('tests/.tmp/architecture-')
})

afterAll(() => rmSync(planted, { recursive: true, force: true }))

function plant(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(planted, file)), { recursive: true })
  writeFileSync(path.join(planted, file), text)
}

function run(program: string, args: string[], cwd = '.'): string {
  try {
    return execFileSync(path.resolve('node_modules/.bin', program), args, { cwd, encoding: 'utf8', stdio: 'pipe', maxBuffer: 1e8 })
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'stdout' in error) return String(error.stdout)
    throw error
  }
}

function cruise(cwd = '.'): Cruise {
  return JSON.parse(run('depcruise', ['src', '--config', path.resolve('.dependency-cruiser.cjs'), '--output-type', 'json'], cwd))
}

/** Our source files, without what is generated. Tests when asked for. */
function sources(withTests = false): { file: string; text: string }[] {
  return readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !file.includes('database/generated'))
    .filter((file) => withTests || !/\.test\.tsx?$/.test(file))
    .map((file) => ({ file: `src/${file}`, text: readFileSync(`src/${file}`, 'utf8') }))
}

describe('layers', () => {
  const violations: [rule: string, from: string, to: string][] = [
    ['web-knows-the-contract-only', 'src/web/page.ts', '../core/thing.ts'],
    ['contract-stands-alone', 'src/api/contract/leaky.ts', '../../core/thing.ts'],
    ['api-knows-the-core-only', 'src/api/routes/direct.ts', '../../connectors/one/connector.ts'],
    ['core-knows-nobody', 'src/core/upwards.ts', '../api/routes/plain.ts'],
    ['core-knows-nobody', 'src/core/vendor.ts', '../connectors/one/connector.ts'],
    ['connectors-know-the-port-only', 'src/connectors/one/deep.ts', '../../core/thing.ts'],
    ['connectors-are-islands', 'src/connectors/one/neighbour.ts', '../two/connector.ts'],
    ['kits-know-no-connector', 'src/connectors/kits/acme/back.ts', '../../one/connector.ts'],
    ['a-connector-is-one-file-from-outside', 'src/main.ts', './connectors/one/inside.ts'],
    ['program-knows-no-test', 'src/core/lazy.ts', '../../tests/support.ts'],
    ['no-circles', 'src/core/circle-a.ts', './circle-b.ts'],
  ]

  it('hold, and the tool that says so has really read the files', () => {
    const { summary } = cruise()
    expect(summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`)).toEqual([])
    expect(summary.totalCruised).toBeGreaterThanOrEqual(sources(true).length)
  })

  it('are guarded: a planted violation of each rule is found, by value and by type', () => {
    const targets = ['core/thing', 'api/routes/plain', 'connectors/one/connector', 'connectors/one/inside', 'connectors/two/connector']
    for (const name of targets) plant(`src/${name}.ts`, 'export const thing = 1\nexport type Thing = string\n')
    plant('tests/support.ts', 'export const thing = 1\nexport type Thing = string\n')
    plant('src/core/circle-b.ts', "import { planted } from './circle-a.ts'\nexport const thing = () => planted\n")
    plant('src/core/words-a.ts', "import type { B } from './words-b.ts'\nexport type A = B | 'a'\n")
    plant('src/core/words-b.ts', "import type { A } from './words-a.ts'\nexport type B = A[]\n")
    for (const [, from, to] of violations) {
      plant(from, `import { thing } from '${to}'\nexport const planted = () => thing\n`)
      plant(from.replace('.ts', '-type.ts'), `import type { Thing } from '${to}'\nexport const planted: Thing = ''\n`)
    }
    plant('src/connectors/one/good.ts', "import { helper } from '../kits/acme/helper.ts'\nexport const good = helper\n")
    plant('src/connectors/kits/acme/helper.ts', 'export const helper = 1\n')
    const { summary } = cruise(planted)
    const found = summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`)
    expect(summary.totalCruised).toBeGreaterThan(violations.length)
    for (const [rule, from] of violations) {
      expect(found).toContain(`${rule}: ${from}`)
      if (rule !== 'no-circles' && from !== 'src/main.ts') expect(found).toContain(`${rule}: ${from.replace('.ts', '-type.ts')}`)
    }
    expect(found).toContain('no-circles: src/core/words-a.ts')
    expect(found.filter((one) => /good|helper/.test(one))).toEqual([])
  })

  it('let each connector be deleted with one line of the registry', () => {
    const { modules } = cruise()
    for (const { manifest } of connectors) {
      const folder = `src/connectors/${manifest.id}/`
      const users = modules.filter(
        ({ source, dependencies }) => !source.startsWith(folder) && dependencies.some(({ resolved }) => resolved.startsWith(folder)),
      )
      expect(users.map(({ source }) => source).filter((source) => !/\.test\.tsx?$/.test(source))).toEqual(['src/connectors/registry.ts'])
    }
  })

  it('keep vendors out of the core', () => {
    // Words of their own besides being the names of connectors: the kind of an entry, the kind of an identity, the largest of several, any chat.
    const words = new Set(['form', 'email', 'max', 'messenger'])
    const vendors = connectors.map(({ manifest }) => manifest.id).filter((id) => !words.has(id))
    expect(vendors).not.toEqual([])
    // `vk.com` in a list of domains is data, and so are the heads of people's tables in guess-mapping.ts.
    const names = (id: string) => new RegExp(`\\b${id}\\b(?!\\.\\w)`, 'i')
    const named = sources(true).filter(
      ({ file, text }) => file.startsWith('src/core/') && !file.endsWith('guess-mapping.ts') && vendors.some((id) => names(id).test(text)),
    )
    expect(named.map(({ file }) => file)).toEqual([])
  })
})

describe('files', () => {
  it('are short: none over 400 lines, 19 of 20 within 250, half within 80', () => {
    const lengths = sources().map(({ file, text }) => ({ file, lines: text.split('\n').length - 1 }))
    expect(lengths.filter(({ lines }) => lines > 400)).toEqual([])
    const sorted = lengths.map(({ lines }) => lines).toSorted((a, b) => a - b)
    expect(sorted[Math.floor(sorted.length * 0.5)]).toBeLessThanOrEqual(80)
    expect(sorted[Math.floor(sorted.length * 0.95)]).toBeLessThanOrEqual(250)
  })

  it.each([
    ['the type any', /(:|\bas|<|\|)\s*any\b(?!\s*[a-z])/],
    ['a switched-off type check', /@ts-(ignore|expect-error|nocheck)/],
    ['an unexplained exception from a lint rule', /(biome-ignore(-all|-start)?|oxlint-disable\S*)\s+[\w/-]+:?\s*(\*\/|$)/m],
    ['something left for later', /\b(TODO|FIXME|XXX)\b/],
    ['a default export, but where a tool wants one', /^export default (?!defineConfig)/m],
  ])('hold nowhere %s', (_what, pattern) => {
    const guilty = sources(true).filter(({ text }) => pattern.test(text.replaceAll(/(['"`])(?:\\.|(?!\1).)*\1/g, "''")))
    expect(guilty.map(({ file }) => file)).toEqual([])
  })
})

describe('lint', () => {
  it('is awake: it finds a forgotten promise and a switch that forgets a case', () => {
    plant('late.ts', 'export async function late(): Promise<void> {}\nexport function start(): void {\n  late()\n}\n')
    plant('kinds.ts', "export function shown(kind: 'a' | 'b'): string {\n  switch (kind) {\n    case 'a':\n      return 'A'\n  }\n  return ''\n}\n")
    cpSync('tsconfig.json', path.join(planted, 'tsconfig.json'))
    writeFileSync(path.join(planted, 'tsconfig.json'), readFileSync('tsconfig.json', 'utf8').replace(/"include": \[[^\]]*\]/, '"include": ["*.ts"]'))
    symlinkSync(path.resolve('node_modules'), path.join(planted, 'node_modules'))
    const report = run('oxlint', ['--type-aware', '-c', path.resolve('.oxlintrc.json'), '--no-ignore', 'late.ts', 'kinds.ts'], planted)
    expect(report).toContain('no-floating-promises')
    expect(report).toContain('switch-exhaustiveness-check')
  })
})
