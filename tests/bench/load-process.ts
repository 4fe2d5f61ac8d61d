import { createHmac } from 'node:crypto'
import autocannon from 'autocannon'
import { type Load, type LoadResult, loadAppSecret } from './load.ts'

const run = Date.now()
let sent = 0

process.once('message', (load: Load) => {
  void send(load).then((result) => process.send?.(result))
})

async function send(load: Load): Promise<LoadResult> {
  const result = await autocannon({
    url: load.url,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    connections: load.connections,
    ...(load.seconds && { duration: load.seconds }),
    ...(load.amount && { amount: load.amount }),
    ...(load.rate && { overallRate: load.rate }),
    requests: [
      { setupRequest: (request) => ({ ...request, ...(load.batch ? batchOf(load.batch, load.clients) : { body: formBody(sent++, load.clients) }) }) },
    ],
  })
  const acknowledged = result['2xx']
  return {
    acknowledged,
    failed: result.non2xx + result.errors + result.timeouts,
    perSecond: acknowledged / result.duration,
    p99Ms: result.latency.p99,
  }
}

const story =
  'We need the balcony glazed before the winter, the sooner the better; please say what it costs and when somebody can measure it. '.repeat(10)

/** 1.5 kB as a site sends it. */
function formBody(n: number, clients: number): string {
  const phone = `+79${String(100_000_000 + (n % clients))}`
  return JSON.stringify({
    name: 'Anna Petrova',
    phone,
    message: `${run}-${n} ${story}`,
    utm_source: 'yandex',
    utm_campaign: 'balcony',
    page: 'https://shop.example/balcony',
  })
}

/** The same words as messages of WhatsApp, several in one webhook as Meta sends them. */
function batchOf(size: number, clients: number): { headers: Record<string, string>; body: string } {
  const messages = Array.from({ length: size }, () => {
    const number = sent++
    const from = `79${100_000_000 + (number % clients)}`
    const text = { body: `${run}-${number} ${story}` }
    return { from, from_user_id: `RU.${from}`, id: `wamid.${run}.${number}`, timestamp: String(Math.floor(Date.now() / 1000)), type: 'text', text }
  })
  const contacts = messages.map(({ from }) => ({ profile: { name: 'Anna Petrova' }, wa_id: from, user_id: `RU.${from}` }))
  const metadata = { display_phone_number: '74950000000', phone_number_id: '1001' }
  const changes = [{ field: 'messages', value: { messaging_product: 'whatsapp', metadata, contacts, messages } }]
  const body = JSON.stringify({ object: 'whatsapp_business_account', entry: [{ id: '2002', changes }] })
  const signature = createHmac('sha256', loadAppSecret).update(body).digest('hex')
  return { headers: { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` }, body }
}
