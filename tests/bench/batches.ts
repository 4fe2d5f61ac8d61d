import { drainHeld } from './applying.ts'
import { startBenchHub } from './bench-hub.ts'
import { loadAppSecret, sendLoad } from './load.ts'
import { atLeast, type BenchOptions, quantile, type Result } from './result.ts'

const connections = 50
const clients = 20_000
/** Messages in one webhook. */
const batch = 20

/** Messages of WhatsApp, twenty in a webhook, against as many forms one by one: through the door, and from the stored delivery to the timeline. In turns. */
export async function benchBatches({ isQuick }: BenchOptions): Promise<Result[]> {
  const seconds = isQuick ? 5 : 20
  const rounds = isQuick ? 2 : 3
  const amount = isQuick ? 6_000 : 20_000
  const hub = await startBenchHub()
  try {
    const form = await hub.addForm()
    const settings = { appSecret: loadAppSecret, verifyToken: 'v', accessToken: 'a', phoneNumberId: '1001', businessAccountId: '2002' }
    const whatsapp = await hub.api<typeof form>('POST', '/channels', { connector: 'whatsapp', name: 'Bench', settings })
    const door = { form: [] as number[], whatsapp: [] as number[] }
    const applied = { form: [] as number[], whatsapp: [] as number[] }
    let failed = 0
    for (let round = -1; round < rounds; round++) {
      const one = await sendLoad({ url: form.hookUrl, connections, seconds: round < 0 ? 2 : seconds, clients })
      await hub.applied()
      const many = await sendLoad({ url: whatsapp.hookUrl, connections, seconds: round < 0 ? 2 : seconds, clients, batch })
      await hub.applied()
      if (round < 0) continue
      failed += one.failed + many.failed
      door.form.push(one.perSecond)
      door.whatsapp.push(many.perSecond * batch)
      applied.form.push((await drainHeld(hub, form, amount)).rate)
      applied.whatsapp.push((await drainHeld(hub, whatsapp, amount, batch)).rate)
    }
    const compare = (what: string, { form: forms, whatsapp: messages }: typeof door) => {
      const [ours, theirs] = [quantile(messages, 0.5), quantile(forms, 0.5)]
      return atLeast('g', `WhatsApp in batches : forms, ${what}`, ours / theirs, 0.8, `${ours.toFixed(0)} messages/s, ${theirs.toFixed(0)} forms/s`)
    }
    return [
      compare('taken in per item', door),
      compare('applied per item', applied),
      { part: 'g', what: 'answers other than 2xx', seen: String(failed), target: '0', isReached: failed === 0 },
    ]
  } finally {
    await hub.close()
  }
}
