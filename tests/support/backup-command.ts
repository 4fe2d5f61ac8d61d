import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'

const root = resolve(import.meta.dirname, '../..')

/** `npm run backup` or `npm run restore` as a process of its own. */
export function startCommand(name: 'backup' | 'restore', args: string[], env: Record<string, string>): ChildProcess {
  const { PATH = '', HOME = '' } = process.env
  return spawn(process.execPath, [join(root, 'scripts', `${name}.ts`), ...args], {
    cwd: root,
    env: { PATH, HOME, NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/compiled'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

export async function runCommand(
  name: 'backup' | 'restore',
  args: string[],
  env: Record<string, string>,
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = startCommand(name, args, env)
  const ended = once(child, 'exit')
  const [stdout, stderr] = await Promise.all([child.stdout ? text(child.stdout) : '', child.stderr ? text(child.stderr) : ''])
  await ended
  return { code: child.exitCode, stdout, stderr }
}

/** Makes a backup and returns its path. */
export async function backUp(env: Record<string, string>, args: string[] = []): Promise<string> {
  const { code, stdout, stderr } = await runCommand('backup', args, env)
  if (code !== 0) throw new Error(`the backup ended with ${code}: ${stderr}`)
  return stdout.split('\n')[0] ?? ''
}
