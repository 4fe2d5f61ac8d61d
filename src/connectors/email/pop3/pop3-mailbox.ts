import type { Hub } from '../../../core/connector/hub.ts'
import { type Incoming, usesOAuth } from '../servers/endpoints.ts'
import { connectFailure } from '../servers/mail-error.ts'
import { accessToken } from '../servers/tokens.ts'
import type { EmailSettings } from '../settings.ts'
import { Pop3Client, Pop3Refusal } from './pop3-client.ts'

export interface Pop3Letter {
  /** Number within this session. */
  number: number
  /** Name that stays for the life of the letter (UIDL). */
  uid: string
  size: number
}

/** Connects and signs in, by password or XOAUTH2. Throws MailError. */
export async function openPop3(settings: EmailSettings, server: Incoming, hub: Pick<Hub, 'state' | 'fetch' | 'clock'>): Promise<Pop3Client> {
  let client: Pop3Client | undefined
  try {
    client = await Pop3Client.connect({ ...server, acceptAnyCertificate: settings.acceptAnyCertificate, timeoutMs: 60_000 })
    if (usesOAuth(settings)) await signInByToken(client, server.user, await accessToken(settings, hub))
    else {
      await client.command(`USER ${server.user}`)
      await client.command(`PASS ${settings.password ?? ''}`)
    }
    return client
  } catch (error) {
    client?.close()
    throw connectFailure(
      error instanceof Pop3Refusal
        ? Object.assign(new Error(error.response), {
            response: error.response,
            authenticationFailed: /\[AUTH\]|auth|password|login/i.test(error.response),
          })
        : error,
      server,
    )
  }
}

/** Letters on the server with their lasting names, oldest first as servers list them. */
export async function listLetters(client: Pop3Client): Promise<Pop3Letter[]> {
  const sizes = new Map((await client.list('LIST')).map((line) => pair(line)))
  const named = (await client.list('UIDL')).map((line) => pair(line))
  return named
    .map(([number, uid]) => ({ number: Number(number), uid, size: Number(sizes.get(number) ?? 0) }))
    .filter((letter) => letter.number > 0 && letter.uid !== '')
}

/** The whole letter, its bytes as they were before dot-stuffing. */
export async function retrieve(client: Pop3Client, number: number, maxBytes: number): Promise<Buffer> {
  return join(await client.list(`RETR ${number}`, maxBytes))
}

/** The header block alone; undefined where the server has no TOP. */
export async function retrieveHeaders(client: Pop3Client, number: number): Promise<Buffer | undefined> {
  try {
    return join(await client.list(`TOP ${number} 0`, 4 * 1024 * 1024))
  } catch (error) {
    if (error instanceof Pop3Refusal) return undefined
    throw error
  }
}

/** XOAUTH2 as Google and Microsoft document it: on failure the server sends details, wants an empty line, then refuses. */
async function signInByToken(client: Pop3Client, user: string, token: string): Promise<void> {
  const response = Buffer.from(`user=${user}\u0001auth=Bearer ${token}\u0001\u0001`).toString('base64')
  const asked = await client.command('AUTH XOAUTH2')
  const said = await client.exchange(response)
  if (asked.length > 0 || /^[A-Za-z0-9+/=]{20,}$/.test(said)) await client.exchange('')
}

function pair(line: Buffer): [string, string] {
  const [first = '', second = ''] = line.toString('latin1').trim().split(/\s+/)
  return [first, second]
}

const crlf = Buffer.from('\r\n')

function join(lines: Buffer[]): Buffer {
  return Buffer.concat(lines.flatMap((line) => [line, crlf]))
}
