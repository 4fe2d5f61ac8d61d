import { systemActor } from '../access/actor.ts'
import { readFirm } from '../access/firm-store.ts'
import type { ChannelDirectory } from '../channels/channel-directory.ts'
import { isPassingFault } from '../database/passing-fault.ts'
import type { Transaction } from '../database/pool.ts'
import { inRetriedTransaction } from '../database/retried-transaction.ts'
import { CoreError } from '../errors.ts'
import { type ComposeDeps, wakeOutbox } from '../messages/compose-message.ts'
import { type LockedConversation, lockConversation } from '../messages/message-store.ts'
import { openExchange } from '../messages/start-conversation.ts'
import { writableChannel, writeMessage } from '../messages/write-message.ts'
import { valuesOf } from '../templates/fill-template.ts'
import { fillText, firstNameOf, type TemplateValues } from '../templates/template.ts'
import { copyFiles, readSubject, selectTemplate } from '../templates/template-store.ts'
import { type FullOccasion, readHistory, readOccasions } from './occasion-store.ts'
import { decideFiring, type FiringReason, type RuleFields, type SendingChannel, statusOfReason, type Way } from './rule.ts'
import { type ClaimedFiring, claimFiring, decideFiringRow, lockPerson } from './rule-store.ts'
import { shownOpening } from './shown-opening.ts'

interface Sent {
  entryId: string
  firstPart: string
}

/**
 * Decides on the oldest undecided firing: the decision, the message and its outbox rows are one commit, so that a killed process neither
 * forgets nor repeats. False: there was none.
 */
export async function fireNextRule(deps: ComposeDeps): Promise<boolean> {
  const done = await inRetriedTransaction(deps.pool, async (tx) => {
    const firing = await claimFiring(tx)
    if (!firing) return undefined
    const { reason, sent } = await decide(deps, tx, firing)
    await decideFiringRow(tx, { id: firing.id, status: statusOfReason(reason), reason, sentEntryId: sent?.entryId ?? null })
    return { sent }
  })
  if (done?.sent) await wakeOutbox(deps, done.sent.firstPart)
  return done !== undefined
}

async function decide(deps: ComposeDeps, tx: Transaction, firing: ClaimedFiring): Promise<{ reason: FiringReason; sent?: Sent }> {
  const [occasion] = await readOccasions(tx, [firing.entryId])
  if (!firing.isActive || !occasion) return { reason: 'rule_gone' }
  await lockPerson(tx, occasion.cardId)
  const history = await readHistory(tx, firing.ruleId, occasion.cardId)
  const decision = decideFiring(firing.rule, occasion, history, sendingChannels(deps.directory), new Date())
  if (!decision.fires) return { reason: decision.reason }
  return await send(deps, tx, firing.rule, occasion, decision.way)
}

/** Channels by which something can be written, as they stand. */
export function sendingChannels(directory: ChannelDirectory): SendingChannel[] {
  return directory
    .all()
    .flatMap((channel) =>
      channel.connector.render && channel.connector.send
        ? [{ id: channel.id, reaches: channel.connector.manifest.reaches ?? [], isReady: !channel.pausedAt && !channel.settingsFault }]
        : [],
    )
}

/** A refusal undoes what was written of the message, and nothing else. So does a fault that will not pass: one answer holds up none behind it. */
async function send(
  deps: ComposeDeps,
  tx: Transaction,
  rule: RuleFields,
  occasion: FullOccasion,
  way: Way,
): Promise<{ reason: FiringReason; sent?: Sent }> {
  await tx.query('savepoint answer')
  try {
    const sent = await write(deps, tx, rule, occasion, way)
    await tx.query('release savepoint answer')
    return { reason: 'sent', sent }
  } catch (error) {
    if (isPassingFault(error)) throw error
    await tx.query('rollback to savepoint answer')
    if (!(error instanceof CoreError)) {
      deps.logger.error({ error: error instanceof Error ? error.stack : String(error), entryId: occasion.entryId }, 'an answer by rule failed')
      return { reason: 'refused' }
    }
    return { reason: error.code === 'channel_paused' || error.code === 'no_way_back' ? reasonOf[error.code] : 'refused' }
  }
}

const reasonOf = { channel_paused: 'channel_paused', no_way_back: 'no_way' } as const

async function write(deps: ComposeDeps, tx: Transaction, rule: RuleFields, occasion: FullOccasion, way: Way): Promise<Sent> {
  const template = await selectTemplate(tx, rule.templateId)
  const values = await readValues(tx, occasion, rule, way, template.language)
  const subject = fillText(template.subject, values)
  const files = await copyFiles(tx, template.id, null)
  const conversation = await conversationFor(deps, tx, rule, occasion, way, subject)
  const message = {
    actor: systemActor,
    text: fillText(template.text, values),
    attachmentIds: files.map((file) => file.id),
    to: way.to,
    cc: [],
    automatic: true,
  }
  const { view, firstPart } = await writeMessage(deps, tx, message, conversation)
  return { entryId: view.id, firstPart }
}

async function conversationFor(
  deps: ComposeDeps,
  tx: Transaction,
  rule: RuleFields,
  occasion: FullOccasion,
  way: Way,
  subject: string,
): Promise<LockedConversation> {
  if (rule.trigger === 'form') return await openExchange(tx, writableChannel(deps.directory, way.channelId), way, subject || undefined)
  const conversation = occasion.conversationId ? await lockConversation(tx, occasion.conversationId) : undefined
  if (!conversation) throw new CoreError('no_way_back')
  return conversation
}

/** Who claims a known phone in a form must not learn the name that stands on that card: a form is greeted by its own. */
async function readValues(tx: Transaction, occasion: FullOccasion, rule: RuleFields, way: Way, language: string | null): Promise<TemplateValues> {
  const subject = await readSubject(tx, way.contactId)
  const firm = await readFirm(tx)
  const values = subject ? valuesOf(subject) : {}
  const opens = occasion.opensAt && occasion.timeZone ? shownOpening(occasion.opensAt, new Date(), occasion.timeZone, language ?? firm.language) : ''
  if (rule.trigger !== 'form') return { ...values, 'hours.opens': opens }
  const name = occasion.formName ?? ''
  return {
    ...(values['firm.name'] && { 'firm.name': values['firm.name'] }),
    'contact.name': name,
    'contact.firstName': firstNameOf(name),
    'lead.topic': occasion.topic ?? '',
    'hours.opens': opens,
  }
}
