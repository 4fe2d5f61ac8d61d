import { parseArgs } from 'node:util'
import { benchApplying } from './applying.ts'
import { benchBatches } from './batches.ts'
import { benchCalls } from './calls.ts'
import { benchIntake } from './intake.ts'
import { benchLive } from './live.ts'
import { benchMail } from './mail.ts'
import { benchMemory } from './memory.ts'
import { type Bench, printTable, type Result } from './result.ts'
import { benchScale } from './scale.ts'
import { benchWidget } from './widget.ts'

// npm run bench [-- --quick] [-- --only a,b]: measures, prints one table, and ends well whatever the figures are.

const benches: Record<string, { title: string; run: Bench }> = {
  a: { title: 'durable intake', run: benchIntake },
  b: { title: 'applying', run: benchApplying },
  c: { title: 'door to socket', run: benchLive },
  d: { title: 'scale', run: benchScale },
  e: { title: 'IMAP back-fill', run: benchMail },
  f: { title: 'start and memory', run: benchMemory },
  g: { title: 'batched webhooks', run: benchBatches },
  h: { title: 'calls', run: benchCalls },
  i: { title: 'site chat', run: benchWidget },
}

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } } })
const wanted = values.only?.split(',') ?? Object.keys(benches)
const results: Result[] = []
for (const letter of wanted) {
  const bench = benches[letter]
  if (!bench) {
    process.stderr.write(`There is no part ${letter}; there are ${Object.keys(benches).join(', ')}.\n`)
    continue
  }
  process.stdout.write(`${letter}: ${bench.title} …\n`)
  try {
    const found = await bench.run({ isQuick: values.quick })
    for (const { what, seen } of found) process.stdout.write(`   ${what}: ${seen}\n`)
    results.push(...found)
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    results.push({ part: letter, what: bench.title, seen: 'could not be measured', target: '', isReached: false })
  }
}
printTable(results)
