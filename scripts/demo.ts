import { type DemoHub, startDemoHub } from './demo/hub.ts'
import { type OutsideWorld, openOutsideWorld } from './demo/outside-world.ts'
import { type DaySummary, runDay } from './demo/run-day.ts'

// npm run demo: a day of a small firm in a hub that is thrown away at Ctrl-C. With --once it prints the summary and ends.

const isOnce = process.argv.includes('--once')
const outside = await openOutsideWorld()
say('Starting a hub of its own…')
const hub = await startDemoHub()
try {
  say('Sending the day of a firm that makes windows…')
  const summary = await runDay(hub, outside)
  if (isOnce) say(JSON.stringify(summary))
  else await show(hub, summary)
} finally {
  await close(hub, outside)
}

async function show({ url, email, password }: DemoHub, { sent, contacts }: DaySummary): Promise<void> {
  say(`\n${sent} requests, letters, messages and events of calls were sent; ${contacts.length} clients came of them.\n`)
  say(`  Open      ${url}`)
  say(`  E-mail    ${email}`)
  say(`  Password  ${password}\n`)
  say('Ctrl-C ends the demo and throws its data away.')
  await new Promise<void>((stop) => {
    process.once('SIGINT', stop)
    process.once('SIGTERM', stop)
    process.once('disconnect', stop)
  })
}

async function close(running: DemoHub, world: OutsideWorld): Promise<void> {
  await running.close()
  await world.close()
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}
