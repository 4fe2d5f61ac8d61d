import net from 'node:net'

export interface FakeLetter {
  uid: number
  raw: string
  arrivedAt: Date
  /** The server names the letter, but gives no body for it. */
  hasNoBody?: boolean
  /** Gmail's labels and the special uses among them: `\\Inbox`, `\\Sent`. */
  labels?: string[]
}

export interface FakeFolder {
  path: string
  /** `\Sent`, `\All` … */
  use?: string
  letters: FakeLetter[]
}

export interface FakeImap {
  port: number
  /** Every line that a client said. */
  commands: string[]
  close(): void
}

/** What a server can and what it refuses; the others are answered as the protocol wants. */
export interface Habits {
  capabilities: string
  /** SEARCH is refused, as at Mail.ru. */
  refusesSearch?: boolean
}

/** A small IMAP server over real sockets, for habits of vendors that no server at hand has. `*` in a range always means the last letter. */
export async function startFakeImap(folders: FakeFolder[], habits: Habits): Promise<FakeImap> {
  const commands: string[] = []
  const sockets = new Set<net.Socket>()
  const server = net.createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.write(`* OK [CAPABILITY ${habits.capabilities}] ready\r\n`)
    const answer = talk(folders, habits)
    let pending = ''
    socket.on('data', (chunk: Buffer) => {
      const lines = (pending + chunk.toString('latin1')).split('\r\n')
      pending = lines.pop() ?? ''
      for (const line of lines) {
        commands.push(line)
        socket.write(answer(line), 'latin1')
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const close = () => {
    for (const socket of sockets) socket.destroy()
    server.close()
  }
  return { port: typeof address === 'object' && address !== null ? address.port : 0, commands, close }
}

/** One connection: it remembers the folder it has open. */
function talk(folders: FakeFolder[], { capabilities, refusesSearch }: Habits): (line: string) => string {
  let letters: FakeLetter[] = []
  return (line) => {
    const [tag = '', ...words] = line.split(' ')
    const command = words.join(' ')
    const done = `${tag} OK done\r\n`
    if (/^CAPABILITY/i.test(command)) return `* CAPABILITY ${capabilities}\r\n${done}`
    if (/^LIST "" ""$/i.test(command)) return `* LIST (\\Noselect) "/" ""\r\n${done}`
    if (/^LIST/i.test(command)) return folders.map((folder) => `* LIST (\\HasNoChildren${flagOf(folder)}) "/" "${folder.path}"\r\n`).join('') + done
    if (/^EXAMINE/i.test(command)) {
      letters = folders.find(({ path }) => command.includes(path))?.letters ?? []
      return `* ${letters.length} EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT ${lastUid(letters) + 1}] ok\r\n${tag} OK [READ-ONLY] done\r\n`
    }
    if (/^(?:UID )?SEARCH/i.test(command))
      return refusesSearch ? `${tag} NO Unsupported search criterion\r\n` : `* SEARCH ${letters.map(({ uid }) => uid).join(' ')}\r\n${done}`
    if (/^(?:IDLE|ENABLE|NAMESPACE|LSUB|XLIST)/i.test(command)) return `${tag} BAD [CLIENTBUG] Unrecognised command\r\n`
    const fetch = /^(UID )?FETCH (\S+) (.*)$/i.exec(command)
    return fetch === null ? done : answerFetch(letters, { isByUid: fetch[1] !== undefined, range: fetch[2] ?? '', items: fetch[3] ?? '' }) + done
  }
}

const flagOf = ({ use }: FakeFolder) => (use === undefined ? '' : ` ${use}`)
const lastUid = (letters: FakeLetter[]) => letters.at(-1)?.uid ?? 0

function answerFetch(letters: FakeLetter[], { isByUid, range, items }: { isByUid: boolean; range: string; items: string }): string {
  return letters
    .map((letter, index) => ({ letter, seq: index + 1 }))
    .filter(({ letter, seq }) => inRange(range, isByUid ? letter.uid : seq, isByUid ? lastUid(letters) : letters.length))
    .map(({ letter, seq }) => `* ${seq} FETCH (${describeLetter(letter, items)})\r\n`)
    .join('')
}

function inRange(range: string, number: number, last: number): boolean {
  return range.split(',').some((piece) => {
    const [from = 0, to = from] = piece.split(':').map((end) => (end === '*' ? last : Number(end)))
    return number >= Math.min(from, to) && number <= Math.max(from, to)
  })
}

function describeLetter(letter: FakeLetter, items: string): string {
  const parts = [`UID ${letter.uid}`]
  if (/RFC822\.SIZE/i.test(items)) parts.push(`RFC822.SIZE ${letter.raw.length}`)
  if (/INTERNALDATE/i.test(items)) parts.push(`INTERNALDATE "${imapDate(letter.arrivedAt)}"`)
  if (/X-GM-LABELS/i.test(items)) parts.push(`X-GM-LABELS (${(letter.labels ?? []).map((label) => `"${label.replaceAll('\\', '\\\\')}"`).join(' ')})`)
  if (/BODY\.PEEK\[\]/i.test(items) && !letter.hasNoBody) parts.push(`BODY[] {${letter.raw.length}}\r\n${letter.raw}`)
  if (/BODY\.PEEK\[HEADER\]/i.test(items)) {
    const header = `${letter.raw.split('\r\n\r\n')[0]}\r\n\r\n`
    parts.push(`BODY[HEADER] {${header.length}}\r\n${header}`)
  }
  return parts.join(' ')
}

function imapDate(date: Date): string {
  const [, day = '', month = '', year = '', time = ''] = /, (\d+) (\w+) (\d+) ([\d:]+)/.exec(date.toUTCString()) ?? []
  return `${day}-${month}-${year} ${time} +0000`
}
