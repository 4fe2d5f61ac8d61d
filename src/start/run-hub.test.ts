import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'

/** Runs a program of this text in a process of its own; gives what it said and how it ended. */
async function runProgram(program: string): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [said, [code]] = await Promise.all([text(child.stdout), once(child, 'close')])
  return { code: code as number | null, said }
}

const runHub = pathToFileURL(new URL('./run-hub.ts', import.meta.url).pathname).href

test('a failure that nobody heard is told, and ends nothing', async () => {
  const { code, said } = await runProgram(`
    const { runHub } = await import('${runHub}')
    const say = (fields, text) => console.log(text, fields.error ?? '')
    await runHub({ debug: say, info: () => {}, warn: say, error: say }, async () => {
      void Promise.reject(new Error('forgotten'))
      setTimeout(() => process.kill(process.pid, 'SIGTERM'), 100)
    })
    setTimeout(() => {}, 60_000)
  `)
  expect(said).toMatch(/^a failure that nobody heard Error: forgotten/)
  expect(code).toBe(0)
})
