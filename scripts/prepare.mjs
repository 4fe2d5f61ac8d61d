import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { nodeBinary, root } from './node-binary.mjs'

// What must be there before the program runs. Each step does nothing when it has been done for the same content.

const at = (...parts) => join(root, ...parts)

/** Installs the locked packages when node_modules is not what package-lock.json says. */
export function install() {
  const lock = readFileSync(at('package-lock.json'), 'utf8')
  const marker = at('node_modules', '.cache', 'installed')
  if (read(marker) === hash(lock)) return
  if (!isInstalled(JSON.parse(lock))) {
    say('Installing packages')
    runNpm(['ci', '--no-audit', '--no-fund', '--loglevel=error'])
  }
  mkdirSync(at('node_modules', '.cache'), { recursive: true })
  writeFileSync(marker, hash(lock))
}

/** Compares with npm's own list of what it has put there; optional packages may be for other systems. */
function isInstalled(lock) {
  const there = read(at('node_modules', '.package-lock.json'))
  if (!there) return false
  const installed = JSON.parse(there).packages
  return Object.entries(lock.packages).every(
    ([path, wanted]) => path === '' || wanted.optional || wanted.peer || installed[path]?.version === wanted.version,
  )
}

/** Generates the database client when the schema or Prisma has changed. */
export function generateClient() {
  const folder = at('src', 'core', 'database', 'generated')
  const marker = join(folder, '.made-from')
  const made = hash(read(at('prisma', 'schema.prisma')), read(at('node_modules', 'prisma', 'package.json')))
  if (read(marker) === made && existsSync(join(folder, 'client.ts'))) return
  say('Generating the database client')
  // Prisma looks for its schema engine first, and would download it, although the client needs none: any existing program satisfies it.
  const env = { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' }
  runNode([at('node_modules', 'prisma', 'build', 'index.js'), 'generate', '--no-hints'], env)
  writeFileSync(marker, made)
}

/** Builds the console into dist/web when its sources have changed. */
export function buildWeb() {
  const config = at('src', 'web', 'vite.config.ts')
  if (!existsSync(config)) return
  const target = at('dist', 'web')
  const sources = ['src/web', 'src/api/contract', 'src/core/connector'].flatMap((folder) => listFiles(at(folder)))
  const made = hash(...[...sources, at('package-lock.json')].flatMap((file) => [file.slice(root.length), read(file)]))
  if (read(join(target, '.made-from')) === made) return
  say('Building the console')
  // Built beside its place: a build that is cut off leaves the old console, and two at once do not mix.
  const unfinished = at('dist', `web.unfinished-${process.pid}`)
  try {
    runNode([
      at('node_modules', 'vite', 'bin', 'vite.js'),
      'build',
      '--config',
      config,
      '--outDir',
      unfinished,
      '--emptyOutDir',
      '--logLevel',
      'warn',
    ])
    writeFileSync(join(unfinished, '.made-from'), made)
    rmSync(target, { recursive: true, force: true })
    moveUnlessThere(unfinished, target, made)
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
}

/** Another that built the same at the same time may have been first. */
function moveUnlessThere(unfinished, target, made) {
  try {
    renameSync(unfinished, target)
  } catch (error) {
    if (read(join(target, '.made-from')) !== made) throw error
  }
}

function listFiles(folder) {
  if (!existsSync(folder)) return []
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function hash(...texts) {
  const sum = createHash('sha256')
  for (const text of texts) sum.update(text).update('\0')
  return sum.digest('hex')
}

function say(text) {
  process.stdout.write(`${text}…\n`)
}

function runNode(args, env = {}) {
  run(nodeBinary(), args, { env: { ...process.env, ...env } })
}

/** By the npm that started us, else by the one in PATH. */
export function runNpm(args) {
  const own = process.env.npm_execpath
  if (own?.endsWith('npm-cli.js')) run(process.execPath, [own, ...args])
  else run('npm', args, { shell: process.platform === 'win32' })
}

function run(program, args, options = {}) {
  const { status, error } = spawnSync(program, args, { cwd: root, stdio: 'inherit', ...options })
  if (error) throw error
  if (status !== 0) throw new Error(`"${[program, ...args].join(' ')}" failed`)
}
