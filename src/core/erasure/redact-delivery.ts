/** An event as its connector reads it from a body. */
export interface ReadEvent {
  key: string
  isHis: boolean
}

export interface RedactDeps {
  /** Reads a body anew; a body that cannot be read gives one event under another key. */
  read(body: Uint8Array): Promise<ReadEvent[]>
  pattern: RegExp | undefined
}

/** Tried on one body at most. */
const mostTries = 5_000

/**
 * A delivery that carries events of several people without those of one: first his elements are cut out of the lists of a JSON body, then his
 * addresses are blotted out. Each step stands only when the connector still reads the very same events of the others. Undefined: it
 * cannot be parted, and the body must go as a whole.
 */
export async function redactBody({ read, pattern }: RedactDeps, body: Uint8Array): Promise<Uint8Array | undefined> {
  const others = keysOf(await read(body), false)
  const parted = (await withoutHisElements(read, body, others)) ?? body
  const blotted = pattern ? blot(parted, pattern) : parted
  const left = await read(blotted)
  const isClean = keysOf(left, true) === '' && keysOf(left, false) === others
  return isClean ? blotted : undefined
}

function keysOf(events: ReadEvent[], isHis: boolean): string {
  return events
    .filter((event) => event.isHis === isHis)
    .map((event) => event.key)
    .sort()
    .join('\n')
}

/** Cuts elements out of lists as long as fewer of his events are read and all of the others'; undefined when the body is not JSON. */
async function withoutHisElements(read: RedactDeps['read'], body: Uint8Array, others: string): Promise<Uint8Array | undefined> {
  const document = parse(body)
  if (document === undefined) return undefined
  let his = keysOf(await read(body), true)
  let tries = 0
  for (const list of listsOf(document)) {
    for (let index = list.length - 1; index >= 0 && his !== '' && tries < mostTries; index--, tries++) {
      const [element] = list.splice(index, 1)
      const events = await read(Buffer.from(JSON.stringify(document)))
      const left = keysOf(events, true)
      if (left.length < his.length && keysOf(events, false) === others) his = left
      else list.splice(index, 0, element)
    }
  }
  return Buffer.from(JSON.stringify(document))
}

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as unknown
  } catch {
    return undefined
  }
}

/** Innermost first, so that the least is cut out. */
function listsOf(value: unknown): unknown[][] {
  if (typeof value !== 'object' || value === null) return []
  const inner = Object.values(value).flatMap(listsOf)
  return Array.isArray(value) ? [...inner, value] : inner
}

/** Digit by digit and letter by letter, so that lengths stay and a number stays a number. */
export function blot(body: Uint8Array, pattern: RegExp): Uint8Array {
  const text = Buffer.from(body).toString('latin1')
  return Buffer.from(
    text.replace(pattern, (found) => found.replace(/\d/g, '1').replace(/[A-Za-z]/g, 'x')),
    'latin1',
  )
}
