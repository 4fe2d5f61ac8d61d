import type { Channel, Hub } from '../../../core/connector/hub.ts'
import type { SendablePart, Sent } from '../../../core/connector/outgoing.ts'
import { letterData } from '../outbound.ts'
import { endpointsOf, type Outgoing, usesOAuth } from '../servers/endpoints.ts'
import { faultOf, MailError } from '../servers/mail-error.ts'
import type { EmailSettings } from '../settings.ts'
import { type BuiltLetter, buildLetter } from './build-letter.ts'
import { breakLoop } from './loop-breaker.ts'
import { refusalOf, sendFailure } from './send-failure.ts'
import { needsSentCopy, saveSentCopy } from './sent-copy.ts'
import { openSmtp } from './smtp-client.ts'

/** Sends one letter by SMTP. Throws only ConnectorError. The Sent copy is filed afterwards, on its own. */
export async function sendLetter(part: SendablePart, channel: Channel<EmailSettings>, hub: Hub): Promise<Sent> {
  const { settings } = channel
  const parsed = letterData.safeParse(part.data)
  const { outgoing } = endpointsOf(settings)
  if (!parsed.success || outgoing === undefined)
    throw new MailError('unsupported', { en: 'This mailbox has no SMTP server.', ru: 'У этого ящика не задан SMTP-сервер.' })
  const data = parsed.data
  if (data.automatic) await breakLoop(data.to, hub)
  const date = hub.clock.now()
  const letter = await build(part, data, { settings, date, loopMark: channel.id })
  const info = await submit(settings, { letter, messageId: data.messageId, to: data.to }, outgoing, hub)
  checkMainRecipient(info, data.to)
  if (needsSentCopy(settings)) void saveSentCopy(settings, { raw: letter.raw, messageId: data.messageId, date }, hub)
  const serverId = info.serverMessageId
  return { externalId: data.messageId, ...(serverId !== undefined && serverId !== data.messageId && { alsoKnownAs: [withBrackets(serverId)] }) }
}

interface Submitted {
  rejected: string[]
  rejectedErrors: { response: string; responseCode: number }[]
  serverMessageId: string | undefined
}

async function build(part: SendablePart, data: Parameters<typeof buildLetter>[0], options: Parameters<typeof buildLetter>[2]): Promise<BuiltLetter> {
  try {
    return await buildLetter(data, part.files, options)
  } catch (cause) {
    throw new MailError('temporary', { en: 'The letter could not be put together.', ru: 'Не удалось собрать письмо.' }, { cause })
  }
}

async function submit(
  settings: EmailSettings,
  mail: { letter: BuiltLetter; messageId: string; to: string },
  server: Outgoing,
  hub: Hub,
  freshToken = false,
): Promise<Submitted> {
  const client = await openSmtp(settings, server, hub, freshToken)
  try {
    const info = await client.transport.sendMail({ raw: mail.letter.raw, envelope: mail.letter.envelope, messageId: mail.messageId })
    const rejectedErrors = (info.rejectedErrors ?? []).map((error) => ({
      response: error.response ?? error.message,
      responseCode: error.responseCode ?? 550,
    }))
    return { rejected: info.rejected, rejectedErrors, serverMessageId: info.serverMessageId }
  } catch (error) {
    if (usesOAuth(settings) && !freshToken && faultOf(error).code === 'EAUTH') return submit(settings, mail, server, hub, true)
    throw sendFailure(error, { host: server.host, port: server.port, dotWritten: client.wasDotWritten(), to: mail.to })
  } finally {
    client.transport.close()
  }
}

/** Some recipients refused is no error to the library: when it is the one we write to, it is one to us. */
function checkMainRecipient(info: Submitted, to: string): void {
  const index = info.rejected.findIndex((address) => address.toLowerCase() === to.toLowerCase())
  if (index < 0) return
  const said = info.rejectedErrors[index] ?? { response: 'refused', responseCode: 550 }
  throw refusalOf(said.response, Math.max(500, said.responseCode), { to, cause: said, atRecipient: true })
}

function withBrackets(id: string): string {
  return id.startsWith('<') ? id : `<${id}>`
}
