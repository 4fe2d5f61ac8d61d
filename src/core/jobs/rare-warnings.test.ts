import { expect, it } from 'vitest'
import { warnRarely } from './rare-warnings.ts'

it('says the same fault once in ten seconds, and then how often it was not said; another one at once', () => {
  const lines: object[] = []
  const quiet = () => {}
  let now = 0
  const warn = warnRarely({ debug: quiet, info: quiet, error: quiet, warn: (fields) => lines.push(fields) }, 'fault', () => now)
  for (const error of ['away', 'away', 'away', 'full']) warn({ error })
  now = 9_999
  warn({ error: 'away' })
  now = 10_000
  warn({ error: 'away' })
  now = 30_000
  warn({ error: 'away' })
  expect(lines).toEqual([{ error: 'away' }, { error: 'full' }, { error: 'away', unsaid: 3 }, { error: 'away' }])
})
