import { spawn } from 'node:child_process'
import { compileCache, nodeBinary, nodeFlags } from './node-binary.mjs'

/**
 * Runs a program under the right Node, in this process's place where the system and this Node can do that.
 * Otherwise signals and the exit code are handed on, and the program is told by its channel when this process is killed.
 */
export function runProgram(program) {
  const node = nodeBinary()
  const args = [...nodeFlags, ...program]
  const env = { ...process.env, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? compileCache }
  if (typeof process.execve === 'function' && process.platform !== 'win32') {
    process.removeAllListeners('warning')
    process.execve(node, [node, ...args], env)
  }
  // Apart from the terminal's group: Ctrl-C comes through here alone, once.
  const child = spawn(node, args, { env, stdio: ['inherit', 'inherit', 'inherit', 'ipc'], detached: process.platform !== 'win32' })
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  // npm hands SIGTERM to its shell, and the shell to nobody.
  const parent = process.ppid
  if (process.env.npm_lifecycle_event) setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 250).unref()
  child.on('error', (error) => {
    process.stderr.write(`${node} does not run: ${error.message}\n`)
    process.exit(1)
  })
  child.on('exit', (code, signal) => {
    if (signal) {
      process.removeAllListeners(signal)
      process.kill(process.pid, signal)
    } else process.exit(code ?? 1)
  })
}
