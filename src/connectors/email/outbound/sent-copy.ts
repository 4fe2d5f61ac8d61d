import type { Hub } from '../../../core/connector/hub.ts'
import { connectImap } from '../imap/imap-client.ts'
import { endpointsOf } from '../servers/endpoints.ts'
import type { EmailSettings } from '../settings.ts'

/** SMTP servers that file a copy themselves: a second one would appear. */
const selfFiling = ['smtp.gmail.com', 'smtp.office365.com', 'smtp-mail.outlook.com']
const lookBack = 20

/** Whether a letter sent through this SMTP server should be put into the Sent folder by us. */
export function needsSentCopy(settings: EmailSettings): boolean {
  const { incoming, outgoing } = endpointsOf(settings)
  if (incoming?.kind !== 'imap' || settings.saveSent === 'never') return false
  return settings.saveSent === 'always' || !selfFiling.includes(outgoing?.host ?? '')
}

/** Puts the same bytes into the Sent folder, unless the server has already done so. Best effort: a failure is a warning, never a resend. */
export async function saveSentCopy(settings: EmailSettings, letter: { raw: Buffer; messageId: string; date: Date }, hub: Hub): Promise<void> {
  const { incoming } = endpointsOf(settings)
  if (incoming === undefined) return
  try {
    const client = await connectImap(settings, incoming, hub)
    try {
      const folder = (await client.list()).find((listed) => listed.specialUse === '\\Sent')?.path
      if (folder === undefined) return
      const { exists } = await client.mailboxOpen(folder, { readOnly: true })
      const recent = exists === 0 ? [] : await client.fetchAll(`${Math.max(1, exists - lookBack + 1)}:*`, { uid: true, headers: ['message-id'] })
      if (recent.some((message) => message.headers?.toString('latin1').includes(letter.messageId))) return
      // with a folder open by EXAMINE imapflow drops the flags
      await client.mailboxClose()
      await client.append(folder, letter.raw, ['\\Seen'], letter.date)
    } finally {
      client.close()
    }
  } catch (error) {
    hub.logger.warn({ reason: error instanceof Error ? error.name : 'unknown' }, 'the copy for the Sent folder could not be saved')
  }
}
