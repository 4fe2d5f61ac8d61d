import { listen } from '../database/listen.ts'
import type { ComposeDeps } from '../messages/compose-message.ts'
import { fireNextRule } from './fire-rule.ts'
import { rulesTopic } from './note-occasions.ts'

const sweepEveryMs = 5_000

export interface RuleWorker {
  close(): Promise<void>
}

/** Decides on what is due, here and in every other process that works: woken by NOTIFY, with a look every five seconds beside it. */
export async function startRules(deps: ComposeDeps & { databaseUrl: string }): Promise<RuleWorker> {
  let running: Promise<void> | undefined
  let isWanted = false
  let isClosed = false

  async function run(): Promise<void> {
    try {
      do {
        isWanted = false
        while (!isClosed && (await fireNextRule(deps)));
      } while (isWanted && !isClosed)
    } catch (error) {
      deps.logger.warn({ error: error instanceof Error ? error.stack : String(error) }, 'a rule could not be decided on; it will be again')
    }
    running = undefined
  }
  const wake = () => {
    isWanted = true
    running ??= run()
  }

  const listening = await listen(deps, rulesTopic, wake)
  const timer = setInterval(wake, sweepEveryMs)
  wake()
  return {
    async close() {
      isClosed = true
      clearInterval(timer)
      await listening.close()
      await running
    },
  }
}
