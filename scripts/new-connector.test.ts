import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'

// A copy of what a new connector touches, inside the repository so that packages and the test runner are found.
let root: string

beforeAll(() => {
  mkdirSync('tests/.tmp', { recursive: true })
  root = mkdtempSync('tests/.tmp/new-connector-')
  for (const folder of ['src/core/connector', 'src/connectors/kits', 'src/connectors/telegram', 'tests/contract', 'tests/support'])
    cpSync(folder, path.join(root, folder), { recursive: true })
  for (const file of ['src/connectors/registry.ts', 'tsconfig.json', 'package.json']) cpSync(file, path.join(root, file))
  for (const folder of readFileSync('src/connectors/registry.ts', 'utf8').matchAll(/'\.\/([\w-]+)\/connector/g)) {
    cpSync(`src/connectors/${folder[1]}`, path.join(root, `src/connectors/${folder[1]}`), { recursive: true })
  }
  symlinkSync(path.resolve('node_modules'), path.join(root, 'node_modules'))
})

afterAll(() => rmSync(root, { recursive: true, force: true }))

function run(...args: string[]): string {
  return execFileSync(process.execPath, ['scripts/new-connector.ts', ...args], { encoding: 'utf8', stdio: 'pipe' })
}

it('writes a connector that compiles and whose red tests say what is left to do', () => {
  expect(run('acme-chat', root)).toContain('vitest run tests/contract -t "connector acme-chat"')
  expect(readFileSync(path.join(root, 'src/connectors/registry.ts'), 'utf8')).toMatch(/acmeChat,?\s*\]/)
  const types = runQuietly('node_modules/.bin/tsc', ['--noEmit', '-p', root])
  expect(types.split('\n').filter((line) => line.includes('acme'))).toEqual([])
  runQuietly('node_modules/.bin/vitest', ['run', 'tests/contract', '-t', 'connector acme-chat', '--reporter=json', '--outputFile=report.json'], root)
  const { testResults } = JSON.parse(readFileSync(path.join(root, 'report.json'), 'utf8'))
  const tests: { title: string; status: string }[] = testResults.flatMap(({ assertionResults }: { assertionResults: object[] }) => assertionResults)
  const red = tests.filter(({ status }) => status === 'failed').map(({ title }) => title)
  expect(red).toEqual([
    'has the shape of a manifest, with every text in both languages',
    'message__text gives its events',
    'keeps an unknown event as "unsupported"',
    'keeps a broken item as "malformed"',
    'a wrong token: auth_failed, and no secret is told',
    'sending, answered 429: rate_limited, and no secret is told',
    'sending, answered 401: auth_failed, and no secret is told',
    'sending, answered 403: blocked, and no secret is told',
    'sending, answered 500: outcome_unknown, and no secret is told',
  ])
  const green = tests.filter(({ status }) => status === 'passed').map(({ title }) => title)
  expect(green).toContain('"secret" is really asked for: without any of its marks, or with a wrong one, a request is refused')
}, 240_000)

it('refuses a bad name and a folder that is there', () => {
  expect(() => run('Acme', root)).toThrow(/small letters/)
  expect(() => run('telegram', root)).toThrow(/is there already/)
})

/** Output of a program that may end with an error. */
function runQuietly(program: string, args: string[], cwd = '.'): string {
  try {
    return execFileSync(path.resolve(program), args, { cwd, encoding: 'utf8', stdio: 'pipe', env: { ...process.env, CI: '' } })
  } catch (error) {
    return typeof error === 'object' && error !== null && 'stdout' in error ? String(error.stdout) : String(error)
  }
}
