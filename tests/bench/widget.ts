import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import type { Browser, BrowserContext } from 'playwright-core'
import { type ChatSocket, type ChatVisitor, openVisitor } from '../support/chat-visitor.ts'
import { openChromium } from '../support/chromium.ts'
import { type BenchHub, type Channel, startBenchHub } from './bench-hub.ts'
import { collectGarbage } from './collect-garbage.ts'
import { hubMegabytes } from './process-figures.ts'
import { atMost, type BenchOptions, quantile, type Result } from './result.ts'

const pages = 500
/** Chrome's own profile "Slow 4G" (DevTools, SDK.NetworkManager.Slow4GConditions): bytes per second, milliseconds. */
const slow4g = { offline: false, downloadThroughput: (1.6e6 / 8) * 0.9, uploadThroughput: (750e3 / 8) * 0.9, latency: 150 * 3.75 }

/** What an open chat costs the hub, and how soon it stands in a page on a weak telephone. */
export async function benchWidget({ isQuick }: BenchOptions): Promise<Result[]> {
  const hub = await startBenchHub()
  try {
    const channel = await hub.api<Channel>('POST', '/channels', { connector: 'site-chat', name: 'Bench', settings: {} })
    const script = Buffer.from(await (await fetch(`${hub.process.url}/widget.js`)).arrayBuffer())
    return [
      atMost('i', 'weight of the widget', gzipSync(script, { level: 9 }).length / 1024, 30, 'KB'),
      await memoryOfPages(hub, channel),
      ...(await readiness(hub, channel, isQuick ? 3 : 9)),
    ]
  } finally {
    await hub.close()
  }
}

/**
 * Each page is another visitor, one in five with a conversation. They are let in before it is counted: what is measured is that their pages stand open, garbage
 * apart. Three times as many come after the first 500, and the dearer of the two counts.
 */
async function memoryOfPages(hub: BenchHub, channel: Channel): Promise<Result> {
  const address = { hookUrl: `${hub.process.url}${new URL(channel.hookUrl).pathname}` }
  const visitors: ChatVisitor[] = []
  for (let number = 0; number < pages; number++) {
    const visitor = await openVisitor({ url: hub.process.url }, address)
    if (number % 5 === 0) await visitor.post({ type: 'message', text: 'hello' })
    visitors.push(visitor)
  }
  for (const visitor of visitors.slice(0, 50)) (await visitor.connect()).close()
  await hub.applied()
  const sockets: ChatSocket[] = []
  let block = 1
  const open = async () => {
    const localAddress = `127.0.0.${++block}`
    for (const visitor of visitors) sockets.push(await visitor.connect(null, { localAddress }))
  }
  const settled = async () => {
    await sleep(3_000)
    await collectGarbage(hub)
    return hubMegabytes(hub)
  }
  const none = await settled()
  await open()
  const some = await settled()
  for (let more = 0; more < 3; more++) await open()
  const many = await settled()
  const absent = sockets.filter((socket) => !socket.heard.some(({ is }) => is === 'ready')).length
  for (const socket of sockets) socket.close()
  if (absent > 0) throw new Error(`${absent} of the pages were not let in`)
  const [first, further] = [((some - none) * 1024) / pages, ((many - some) * 1024) / (3 * pages)]
  const detail = `the first ${pages} ${first.toFixed(0)}, the next ${3 * pages} ${further.toFixed(0)}`
  return atMost('i', 'memory of one open widget', Math.max(first, further), 60, 'KB', detail)
}

/** From the arrival of the script to the round button: 4× slower processor, slow 4G; by somebody new, and by somebody who was there before. */
async function readiness(hub: BenchHub, channel: Channel, times: number): Promise<Result[]> {
  const key = channel.hookUrl.split('/').at(-1)
  const site = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    response.end(`<!doctype html><title>Shop</title><h1>Shop</h1><script src="${hub.process.url}/widget.js" data-channel="${key}" async></script>`)
  }).listen(0, '127.0.0.1')
  await once(site, 'listening')
  const browser = await openChromium()
  try {
    const first: number[] = []
    const again: number[] = []
    for (let time = 0; time < times; time++) {
      const context = await browser.newContext()
      first.push(await load(context, site))
      again.push(await load(context, site))
      await context.close()
    }
    return [
      atMost('i', 'widget ready, first visit', quantile(first, 0.5) / 1000, 1.5, 's', `slowest ${(Math.max(...first) / 1000).toFixed(2)} s`),
      atMost('i', 'widget ready, next page', quantile(again, 0.5) / 1000, 1.5, 's', `slowest ${(Math.max(...again) / 1000).toFixed(2)} s`),
    ]
  } finally {
    await close(browser, site)
  }
}

/** ms from the last byte of the script to a button that can be pressed. */
async function load(context: BrowserContext, site: Server): Promise<number> {
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  await devtools.send('Network.enable')
  await devtools.send('Network.emulateNetworkConditions', slow4g)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}`)
  const took = await page.evaluate<number>(`new Promise((resolve) => {
    const look = () => {
      const button = document.querySelector('[data-switchboard]')?.shadowRoot?.querySelector('.launcher')
      const script = performance.getEntriesByType('resource').find(({ name }) => name.endsWith('/widget.js'))
      if (button && script) resolve(performance.now() - script.responseEnd)
      else requestAnimationFrame(look)
    }
    look()
  })`)
  await page.close()
  return took
}

async function close(browser: Browser, site: Server): Promise<void> {
  await browser.close()
  site.closeAllConnections()
  site.close()
}
