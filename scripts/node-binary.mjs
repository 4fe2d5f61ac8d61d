import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '..')

/** The Node that runs the program: the locked one of node_modules, else this one when it is new enough. */
export function nodeBinary() {
  const platform = process.platform === 'win32' ? 'win' : process.platform
  const locked = join(root, 'node_modules', `node-${platform}-${process.arch}`, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (existsSync(locked)) return locked
  if (Number.parseInt(process.versions.node, 10) >= 24) return process.execPath
  throw new Error(`npm carries no Node 24 for ${process.platform}-${process.arch}: install Node 24 or newer and start again`)
}

/**
 * Flags of Node, from package.json. Young objects get at most three times 8 MB (V8, `--max-semi-space-size`): left to itself V8 takes ever more of a large
 * machine under load; after 40 000 deliveries the hub held a third more than after 10 000, with nothing of it in use.
 */
export const nodeFlags = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).config.nodeFlags.split(' ')

/** Compiled code is kept between starts: it halves their time. */
export const compileCache = join(root, 'node_modules', '.cache', 'compiled')
