import autocannon from 'autocannon'
import type { Load, LoadResult } from './load.ts'

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
    requests: [{ setupRequest: (request) => ({ ...request, body: formBody(sent++, load.clients) }) }],
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
