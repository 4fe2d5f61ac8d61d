import { SMTPServer, type SMTPServerAddress, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'
import type { Session } from '../../../core/connector/connector.ts'
import type { Channel, DoorHub } from '../../../core/connector/hub.ts'
import { letterDelivery } from '../letter-delivery.ts'
import { findBody, letterKey, readHeaders } from '../mime/blocks.ts'
import type { EmailSettings } from '../settings.ts'
import { createPeerLimits, type PeerLimits } from './peer-limits.ts'
import { findChannel } from './recipients.ts'
import { proveSender } from './sender-proof.ts'

const maxLetterBytes = 64 * 1024 * 1024
const maxHops = 30

type Done = (error?: Error | null, message?: string) => void

/**
 * The built-in SMTP door (RFC 5321): takes letters for the addresses of all channels and says 250 only after every recipient's delivery is
 * committed. Faults of ours are 4xx, so that the sender keeps the letter. Rejects when the port cannot be had.
 */
export async function openDoor(hub: DoorHub<EmailSettings>): Promise<Session> {
  const limits = createPeerLimits({ lettersPerMinute: 600, bytesInFlight: 256 * 1024 * 1024 })
  const accepted = new WeakMap<SMTPServerSession, Map<string, Channel<EmailSettings>>>()
  const { tls } = hub.listen
  const server = new SMTPServer({
    banner: 'Switchboard',
    size: maxLetterBytes,
    rejectOversized: true,
    disabledCommands: tls === undefined ? ['AUTH', 'STARTTLS'] : ['AUTH'],
    ...(tls !== undefined && { key: tls.key, cert: tls.cert, minVersion: 'TLSv1.2' }),
    disableReverseLookup: true,
    hideENHANCEDSTATUSCODES: false,
    maxClients: 50,
    maxRecipients: 50,
    socketTimeout: 120_000,
    closeTimeout: 4000,
    logger: false,
    onMailFrom: (_address, session, done) => {
      accepted.set(session, new Map())
      done(limits.mayStart(session.remoteAddress) ? null : refusal(451, 'Too many letters, try again later'))
    },
    onRcptTo: (address, session, done) => {
      void settle(acceptRecipient(hub, accepted, { address, session }), done, hub)
    },
    onData: (stream, session, done) => {
      void settle(takeLetter(hub, { stream, session, limits, recipients: accepted.get(session) ?? new Map() }), done, hub)
    },
  })
  server.on('error', (error) => hub.logger.warn({ code: 'code' in error ? error.code : undefined }, 'mail door: a connection failed'))
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject)
    server.listen(hub.listen.port, hub.listen.host, () => {
      server.server.off('error', reject)
      resolve()
    })
  })
  return { close: () => new Promise((resolve) => server.close(() => resolve())) }
}

/** Answers the client with what came of the work; a fault of ours is a 451, so that the sender keeps the letter. */
async function settle(work: Promise<string | undefined>, done: Done, hub: DoorHub<EmailSettings>): Promise<void> {
  let failure: Refusal | undefined
  let message: string | undefined
  try {
    message = await work
  } catch (error) {
    if (!(error instanceof Refusal))
      hub.logger.error({ reason: error instanceof Error ? error.message : 'unknown' }, 'mail door: a letter could not be stored')
    failure = error instanceof Refusal ? error : refusal(451, 'Try again later')
  }
  done(failure ?? null, message)
}

async function acceptRecipient(
  hub: DoorHub<EmailSettings>,
  accepted: WeakMap<SMTPServerSession, Map<string, Channel<EmailSettings>>>,
  { address, session }: { address: SMTPServerAddress; session: SMTPServerSession },
): Promise<undefined> {
  const channel = findChannel(await hub.channels(), address.address)
  if (channel === undefined) throw refusal(550, 'No such address here')
  const recipients = accepted.get(session) ?? new Map<string, Channel<EmailSettings>>()
  accepted.set(session, recipients.set(address.address, channel))
}

interface Incoming {
  stream: SMTPServerDataStream
  session: SMTPServerSession
  limits: PeerLimits
  recipients: Map<string, Channel<EmailSettings>>
}

async function takeLetter(hub: DoorHub<EmailSettings>, incoming: Incoming): Promise<string> {
  const body = await readBody(incoming)
  try {
    const hops = readHeaders(body.subarray(0, findBody(body).headerEnd)).filter((header) => header.name === 'received').length
    if (hops >= maxHops) throw refusal(554, 'Too many hops')
    const dedupeKey = letterKey(body)
    const { session, recipients } = incoming
    const channels = new Map([...recipients.values()].map((channel) => [channel.id, channel]))
    if (channels.size === 0) throw refusal(554, 'No valid recipients')
    const { mailFrom } = session.envelope
    const from = mailFrom === false ? '' : mailFrom.address
    const envelope = { peer: session.remoteAddress, helo: session.hostNameAppearsAs || session.clientHostname, from }
    const proof = await proveSender(body, envelope, hub.dns)
    await Promise.all(
      [...channels.keys()].map((id) => {
        const own = [...recipients].filter(([, channel]) => channel.id === id).map(([address]) => address)
        const facts = { method: 'SMTP' as const, recipients: own, envelopeFrom: from, peer: session.remoteAddress, proof }
        return hub.hubOf(id).deliver(letterDelivery(facts, body), { dedupeKey })
      }),
    )
    return `stored ${session.id}`
  } finally {
    incoming.limits.release(body.length)
  }
}

/** Reads to the end even when the letter is refused, as the protocol wants. Rejects when the client drops. */
async function readBody({ stream, limits }: Incoming): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  let refused: Refusal | undefined
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      if (refused !== undefined) continue
      if (stream.sizeExceeded) refused = refusal(552, 'The letter is too large')
      else if (limits.reserve(chunk.length)) {
        size += chunk.length
        chunks.push(chunk)
        continue
      } else refused = refusal(452, 'Too much mail at once, try again later')
      chunks.length = 0
    }
    if (refused === undefined && stream.sizeExceeded) refused = refusal(552, 'The letter is too large')
    if (refused !== undefined) throw refused
    return Buffer.concat(chunks)
  } catch (error) {
    limits.release(size)
    throw error
  }
}

class Refusal extends Error {
  readonly responseCode: number

  constructor(responseCode: number, message: string) {
    super(message)
    this.responseCode = responseCode
  }
}

function refusal(responseCode: number, message: string): Refusal {
  return new Refusal(responseCode, message)
}
