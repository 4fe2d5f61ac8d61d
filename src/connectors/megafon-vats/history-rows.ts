import { z } from 'zod'

/** Under this path an answer of `/history/json` is kept as a delivery. */
export const historyPath = '/history/json'

const text = z.union([z.string(), z.number()]).transform(String).nullish()
const row = z.object({
  uid: text,
  type: text,
  status: text,
  client: text,
  account: text,
  user: text,
  diversion: text,
  start: text,
  wait: text,
  duration: text,
  record: text,
  group_name: text,
})

const rowsOfDelivery = 500

/** The rows of an answer in pieces that are deliveries; what is no list goes on as it is, to be looked at. */
export function piecesOf(body: Uint8Array): Uint8Array[] {
  const rows = z.array(z.unknown()).safeParse(parse(body)).data
  if (rows === undefined) return [body]
  const count = Math.ceil(rows.length / rowsOfDelivery)
  return Array.from({ length: count }, (_, piece) => Buffer.from(JSON.stringify(rows.slice(piece * rowsOfDelivery, (piece + 1) * rowsOfDelivery))))
}

/** Rows of the statistics in the words of `cmd=history`; those without an id are left out. */
export function readHistory(body: Uint8Array): Map<string, string>[] {
  const list = z.array(z.unknown()).safeParse(parse(body)).data ?? []
  return list.flatMap((item) => {
    const { data } = row.safeParse(item)
    if (!data?.uid) return []
    const { uid, type, status, client, account, user, diversion, start, wait, duration, record, group_name } = data
    const direction = type === 'out' ? 'out' : 'in'
    const named = {
      callid: uid,
      type: direction,
      status: status ?? (type === 'missed' ? 'missed' : undefined),
      phone: client,
      user: user ?? account,
      diversion,
      start,
      wait,
      duration,
      link: record,
      groupRealName: group_name,
    }
    return [new Map(Object.entries(named).flatMap(([name, value]) => (value ? [[name, value] as const] : [])))]
  })
}

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'))
  } catch {
    return undefined
  }
}
