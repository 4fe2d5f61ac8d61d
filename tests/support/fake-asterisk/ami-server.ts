import { createHash, randomInt } from 'node:crypto'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'

export type Fields = [name: string, value: string | number][]
export type Action = ReadonlyMap<string, string[]>

/** What an action gives: its answer, and the events of a list that belong to it alone. */
export interface Answer {
  response: Fields
  list?: Fields[]
}

export interface AmiOptions {
  username: string
  secret: string
  tls?: { key: string; cert: string }
  /** Answers an action; undefined: there is no such action. */
  act(action: Action): Answer | undefined
}

/** The manager interface as the AMI v2 specification has it: greeting, login plain and by challenge, one packet per answer and event. */
export interface AmiServer {
  port: number
  /** Sends an event to everybody who is logged in and wants events. */
  tell(event: Fields): void
  /** Raw bytes to everybody who is logged in. */
  write(text: string): void
  /** How many are logged in. */
  listeners(): number
  /** Every action by name, logins included. */
  actions: string[]
  /** Cuts all connections. */
  drop(): void
  /** While true, connections are cut as they come. */
  refuseConnections(isRefusing: boolean): void
  /** While true, nothing is answered. */
  fallSilent(isSilent: boolean): void
  close(): Promise<void>
}

interface Client {
  socket: Socket
  challenge: string | undefined
  isIn: boolean
  wantsEvents: boolean
}

export async function startAmiServer(options: AmiOptions): Promise<AmiServer> {
  const clients = new Set<Client>()
  const actions: string[] = []
  const mood = { isRefusing: false, isSilent: false }

  const welcome = (socket: Socket) => {
    if (mood.isRefusing) {
      socket.destroy()
      return
    }
    const client: Client = { socket, challenge: undefined, isIn: false, wantsEvents: true }
    clients.add(client)
    socket.on('error', () => socket.destroy()).on('close', () => clients.delete(client))
    socket.write('Asterisk Call Manager/9.0.0\r\n')
    let rest = ''
    socket.on('data', (chunk) => {
      const items = (rest + chunk.toString('utf8')).split('\r\n\r\n')
      rest = items.pop() ?? ''
      for (const item of items) {
        const action = readAction(item)
        actions.push(action.get('action')?.[0] ?? '')
        if (!mood.isSilent) answer(client, action, options)
      }
    })
  }
  const server: Server = options.tls ? createTlsServer(options.tls, welcome) : createServer(welcome)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const listening = () => [...clients].filter((client) => client.isIn && client.wantsEvents)
  return {
    port: (server.address() as AddressInfo).port,
    actions,
    tell(event) {
      for (const client of listening()) client.socket.write(packet(event))
    },
    write(text) {
      for (const client of listening()) client.socket.write(text)
    },
    listeners: () => listening().length,
    drop() {
      for (const client of clients) client.socket.destroy()
    },
    refuseConnections(isRefusing) {
      mood.isRefusing = isRefusing
    },
    fallSilent(isSilent) {
      mood.isSilent = isSilent
    },
    async close() {
      for (const client of clients) client.socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

export function packet(fields: Fields): string {
  return `${fields.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`
}

/** The first value of a field. */
export function one(action: Action, name: string): string {
  return action.get(name.toLowerCase())?.[0] ?? ''
}

/** Names know no case; a name may come again. */
function readAction(text: string): Action {
  const action = new Map<string, string[]>()
  for (const line of text.split('\r\n')) {
    const colon = line.indexOf(':')
    if (colon < 0) continue
    const name = line.slice(0, colon).trim().toLowerCase()
    action.set(name, [...(action.get(name) ?? []), line.slice(colon + 1).trim()])
  }
  return action
}

function answer(client: Client, action: Action, options: AmiOptions): void {
  const id = one(action, 'actionid')
  const say = (fields: Fields) => {
    const [first, ...others] = fields
    if (first) client.socket.write(packet([first, ...(id ? ([['ActionID', id]] as Fields) : []), ...others]))
  }
  const name = one(action, 'action').toLowerCase()
  if (name === 'challenge') challenge(client, action, say)
  else if (name === 'login') logIn(client, action, options, say)
  else if (!client.isIn) say(error('Permission denied'))
  else if (name === 'logoff') {
    say([
      ['Response', 'Goodbye'],
      ['Message', 'Thanks for all the fish.'],
    ])
    client.socket.end()
  } else {
    const given = options.act(action)
    say(given?.response ?? error('Invalid/unknown command'))
    for (const event of given?.list ?? []) say(event)
  }
}

export function error(message: string): Fields {
  return [
    ['Response', 'Error'],
    ['Message', message],
  ]
}

function challenge(client: Client, action: Action, say: (fields: Fields) => void): void {
  if (one(action, 'authtype').toUpperCase() !== 'MD5') {
    say(error('Must specify AuthType'))
    return
  }
  client.challenge = String(randomInt(100_000_000, 999_999_999))
  say([
    ['Response', 'Success'],
    ['Challenge', client.challenge],
  ])
}

/** A refused client is sent away. */
function logIn(client: Client, action: Action, { username, secret }: AmiOptions, say: (fields: Fields) => void): void {
  const key = client.challenge && createHash('md5').update(`${client.challenge}${secret}`).digest('hex')
  const isProven =
    one(action, 'authtype').toUpperCase() === 'MD5' ? key !== undefined && one(action, 'key') === key : one(action, 'secret') === secret
  if (one(action, 'username') !== username || !isProven) {
    say(error('Authentication failed'))
    client.socket.end()
    return
  }
  client.isIn = true
  client.wantsEvents = !/^(?:off|no|false)$/i.test(one(action, 'events'))
  say([
    ['Response', 'Success'],
    ['Message', 'Authentication accepted'],
  ])
  if (!client.wantsEvents) return
  client.socket.write(
    packet([
      ['Event', 'FullyBooted'],
      ['Privilege', 'system,all'],
      ['Uptime', 4711],
      ['LastReload', 4711],
      ['Status', 'Fully Booted'],
    ]),
  )
}
