import { type Actor, actorId } from '../access/actor.ts'
import { requireCard } from '../contacts/visible-contacts.ts'
import { inTransaction, type Pool } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import { fillText, firstNameOf, type TemplateFile, type TemplateValues } from './template.ts'
import { copyFiles, readSubject, selectTemplate, type TemplateSubject } from './template-store.ts'

export interface FilledTemplate {
  subject: string
  text: string
  /** Ready to be sent with the message, as the caller's own uploads. */
  attachments: TemplateFile[]
}

/** A template as this client would read it, for a person to look over and send. Throws `not_found`. */
export async function fillTemplate(
  { pool }: { pool: Pool },
  { id, contactId, actor }: { id: string; contactId: string; actor: Actor },
): Promise<FilledTemplate> {
  return await inTransaction(pool, async (tx) => {
    await requireCard(tx, actor, contactId)
    const template = await selectTemplate(tx, id)
    const subject = await readSubject(tx, contactId)
    if (!subject) throw new CoreError('not_found')
    const values = { ...valuesOf(subject), ...(actor.kind === 'user' && { 'user.name': actor.name }) }
    return {
      subject: fillText(template.subject, values),
      text: fillText(template.text, values),
      attachments: await copyFiles(tx, id, actorId(actor)),
    }
  })
}

/** What a template says of a client. A date is written in the language of the firm's clients by the caller that knows it. */
export function valuesOf(subject: TemplateSubject): TemplateValues {
  return {
    'contact.name': subject.contactName,
    'contact.firstName': firstNameOf(subject.contactName),
    ...(subject.companyName && { 'company.name': subject.companyName }),
    ...(subject.leadTopic && { 'lead.topic': subject.leadTopic }),
    ...(subject.firmName && { 'firm.name': subject.firmName }),
  }
}
