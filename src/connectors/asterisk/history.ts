import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { HistoryRange } from '../../core/connector/calling.ts'
import { ConnectorError } from '../../core/connector/errors.ts'
import type { Channel, Hub } from '../../core/connector/hub.ts'
import { readTime } from '../../core/connector/zoned-time.ts'
import { type CdrRow, cdrPath, columnsOf, lineOf, rowOf } from './cdr-rows.ts'
import { rowsOfTable } from './cdr-table.ts'
import { basicSignIn } from './http-sign-in.ts'
import type { Settings } from './settings.ts'

const rowsOfDelivery = 500
/** The end of a file is looked at first; so far back it is read at most, bytes. */
const firstLook = 1_000_000
const furthestLook = 1_000_000_000
const longestLine = 64 * 1024
const dayMs = 86_400_000

/** Rows of the CDR of that time, handed over with the names of their columns. Does nothing where no CDR is set. Throws ConnectorError. */
export async function history(range: HistoryRange, { settings }: Channel<Settings>, hub: Hub): Promise<void> {
  const { cdrDatabase } = settings
  if (cdrDatabase !== undefined) return await handTable(rowsOfTable(range, { ...settings, cdrDatabase }), hub)
  const chunks = await openCdr(range, settings, hub)
  if (!chunks) return
  const isWanted = chooser(range, settings)
  let rows: string[] = []
  const hand = async () => {
    await handOver(hub, settings.cdrColumns, rows)
    rows = []
  }
  for await (const line of linesOf(chunks)) {
    if (!isWanted(line)) continue
    rows.push(line)
    if (rows.length >= rowsOfDelivery) await hand()
  }
  if (rows.length > 0) await hand()
}

/** Every column goes along, known or not, under its own name. */
async function handTable(table: AsyncIterable<CdrRow>, hub: Hub): Promise<void> {
  let rows: CdrRow[] = []
  const hand = async () => {
    const columns = Object.keys(rows[0] ?? {})
    await handOver(
      hub,
      columns.join(','),
      rows.map((row) => lineOf(columns.map((column) => row[column] ?? ''))),
    )
    rows = []
  }
  for await (const row of table) {
    rows.push(row)
    if (rows.length >= rowsOfDelivery) await hand()
  }
  if (rows.length > 0) await hand()
}

async function handOver(hub: Hub, columns: string, lines: readonly string[]): Promise<void> {
  const body = Buffer.from(`${columns}\n${lines.join('\n')}\n`)
  await hub.deliver({ method: 'POLL', path: cdrPath, query: '', headers: {}, body })
}

async function openCdr(range: HistoryRange, settings: Settings, hub: Hub): Promise<AsyncIterable<Uint8Array> | undefined> {
  if (settings.cdrFile !== undefined) {
    const start = await startIn(settings.cdrFile, chooser({ from: new Date(0), to: new Date(range.from.getTime() - dayMs) }, settings))
    return createReadStream(settings.cdrFile, { start })
  }
  if (settings.cdrUrl === undefined) return undefined
  const response = await hub.fetch(settings.cdrUrl, { headers: basicSignIn(settings), timeoutMs: 120_000 }).catch((cause: unknown) => {
    throw new ConnectorError('temporary', 'The server of the CDR did not answer', { cause })
  })
  if (response.status === 401 || response.status === 403)
    throw new ConnectorError('auth_failed', 'The server of the CDR refuses the user and password')
  if (!response.ok || response.body === null) throw new ConnectorError('temporary', `The server of the CDR answered ${response.status}`)
  return response.body
}

/** Rows are written as calls end: looks ever further back from the end of the file until a row is older than what is wanted. */
async function startIn(path: string, isOlder: (line: string) => boolean): Promise<number> {
  const file = await open(path, 'r').catch((cause: unknown) => {
    throw new ConnectorError('temporary', 'The CDR file cannot be read by the hub', { cause })
  })
  try {
    const { size } = await file.stat()
    for (let look = firstLook; look < Math.min(size, furthestLook); look *= 4) {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(longestLine), 0, longestLine, size - look)
      const [, line = ''] = buffer.toString('utf8', 0, bytesRead).split('\n')
      if (isOlder(line)) return size - look
    }
    return Math.max(0, size - furthestLook)
  } finally {
    await file.close()
  }
}

/** Whether a row falls into a time. A day is compared first, for a zone costs much more. */
function chooser({ from, to }: HistoryRange, { cdrColumns, timeZone }: Settings): (line: string) => boolean {
  const columns = columnsOf(cdrColumns)
  const [firstDay, lastDay] = [dayOf(from.getTime() - dayMs), dayOf(to.getTime() + dayMs)]
  return (line) => {
    const { start = '', end = '' } = rowOf(line, columns)
    if (end.slice(0, 10) < firstDay || start.slice(0, 10) > lastDay) return false
    const [began, ended] = [readTime(start, timeZone), readTime(end, timeZone)]
    return began !== undefined && ended !== undefined && Date.parse(ended) >= from.getTime() && Date.parse(began) <= to.getTime()
  }
}

function dayOf(moment: number): string {
  return new Date(Math.max(0, moment)).toISOString().slice(0, 10)
}

/** Throws ConnectorError on a line that is none. */
async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split(/\r?\n/)
    rest = lines.pop() ?? ''
    if (rest.length > longestLine) throw new ConnectorError('rejected', 'What is set as the CDR is no CSV file')
    yield* lines
  }
  if (rest !== '') yield rest
}
