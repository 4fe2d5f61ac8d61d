import { publicLink } from '../attachments/public-link.ts'
import { forConnector, type LoadedChannel } from '../channels/channel.ts'
import type { ChannelDirectory } from '../channels/channel-directory.ts'
import type { Vault } from '../channels/vault.ts'
import { ConnectorError } from '../connector/errors.ts'
import type { Hub, Logger } from '../connector/hub.ts'
import type { Sent } from '../connector/outgoing.ts'
import { isPassingFault } from '../database/passing-fault.ts'
import { inTransaction, type Pool, type Transaction } from '../database/pool.ts'
import { inRetriedTransaction } from '../database/retried-transaction.ts'
import type { Files } from '../files/files.ts'
import { absorbEchoes } from './absorb-echo.ts'
import { type ClaimedPart, type Outcome, outcomeOfError, ownError } from './outbox.ts'
import {
  claimPart,
  failRest,
  finishPart,
  hastenConversation,
  holdChannel,
  lockEntry,
  loseParts,
  readDueParts,
  readPartFiles,
  recordExternalIds,
} from './outbox-store.ts'
import { settleMarks } from './receipt-marks.ts'
import { settleEntry, tellEntryChanged } from './tell-entry.ts'
import { waitAgain } from './wait-again.ts'

const restNotSent = ownError('not_sent', 'Not sent, because an earlier part failed.', 'Не отправлено: не ушла предыдущая часть.')
const notWritten = ownError(
  'outcome_unknown',
  'The hub could not write down what became of this; whether it arrived is not known.',
  'Хаб не смог записать, чем кончилась отправка; дошло ли сообщение, неизвестно.',
)
const longestCallMs = 10 * 60 * 1000

export interface SendDeps {
  pool: Pool
  directory: ChannelDirectory
  files: Files
  hubOf(channelId: string): Hub
  logger: Logger
  vault: Vault
  publicUrl: string
  /** Number of this process's presence lock. */
  sendingBy: number
  /** Applies receipts and edits that came before we knew these ids, in the transaction that makes them known. */
  applyWaiting(tx: Transaction, channelId: string, externalIds: string[]): Promise<void>
}

/** What may be tried next: parts that were behind this one, or the same one later. */
export interface NextTry {
  partId: string
  delayMs: number
}

/**
 * One attempt at one part (promise 8): `sending` is committed before the call, the outcome after it. A part that is not due, or not its
 * turn, is left alone. Never throws for what the vendor does.
 */
export async function sendPart(deps: SendDeps, partId: string): Promise<NextTry[]> {
  const part = await inTransaction(deps.pool, async (tx) => {
    const claimed = await claimPart(tx, partId, deps.sendingBy)
    if (claimed) await settleEntry(tx, claimed.entryId)
    return claimed
  })
  if (!part) return []
  const outcome = await attempt(deps, part)
  await recordPersistently(deps, part, outcome)
  if (outcome.is === 'failed') await inRetriedTransaction(deps.pool, (tx) => waitAgain(tx, part.conversationId))
  if (outcome.is === 'again') return [{ partId, delayMs: outcome.waitMs }]
  const next = await readDueParts(deps.pool, 1, { conversationId: part.conversationId })
  const others = await readDueParts(deps.pool, 2, { channelId: part.channelId })
  return [...new Set([...next, ...others])].map((id) => ({ partId: id, delayMs: 0 }))
}

async function attempt(deps: SendDeps, part: ClaimedPart): Promise<Outcome> {
  const channel = deps.directory.byId(part.channelId)
  if (!channel?.connector.send || channel.settingsFault) return notReady(channel)
  try {
    const sent = await callVendor(deps, part, channel)
    return { is: 'sent', externalId: sent.externalId, alsoKnownAs: sent.alsoKnownAs ?? [] }
  } catch (error) {
    const hub = deps.hubOf(part.channelId)
    if (!(error instanceof ConnectorError)) {
      hub.logger.error({ error, partId: part.id }, 'a connector threw something else than ConnectorError while sending')
      return {
        is: 'unconfirmed',
        error: ownError(
          'outcome_unknown',
          'The connector failed while sending; whether it arrived is not known.',
          'Коннектор сломался при отправке; дошло ли сообщение, неизвестно.',
        ),
      }
    }
    hub.logger.warn({ code: error.code, error: error.message, partId: part.id }, 'a message could not be sent')
    if (error.code === 'auth_failed') hub.report({ state: 'attention', detail: error.words ?? { en: error.message, ru: error.message } })
    const about = { attempts: part.attempts, ageMs: Date.now() - part.createdAt.getTime(), retryAfterMs: error.retryAfterMs }
    return outcomeOfError(error, about)
  }
}

/** Nothing was called: the part waits for its channel to be put right. */
function notReady(channel: LoadedChannel | undefined): Outcome {
  const error = channel
    ? ownError('temporary', 'The settings of the channel do not fit its connector.', 'Настройки канала не подходят его коннектору.')
    : ownError('temporary', 'The connector of this channel is not installed.', 'Коннектор этого канала не установлен.')
  return { is: 'again', waitMs: 60_000, channelWaits: false, error }
}

async function callVendor(deps: SendDeps, part: ClaimedPart, channel: LoadedChannel): Promise<Sent> {
  const files = await readPartFiles(deps.pool, part.attachmentIds)
  if (files.length !== part.attachmentIds.length) throw new ConnectorError('rejected', 'A file of this message is no longer in storage.')
  const sendable = {
    data: part.data,
    files: files.map(({ file, ...shown }) => ({
      ...shown,
      read: () => deps.files.read(file),
      publicLink: () => publicLink(deps, shown, Date.now()),
    })),
    idempotencyKey: part.id,
  }
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new ConnectorError('outcome_unknown', 'The vendor did not answer within ten minutes.')), longestCallMs)
  })
  try {
    const sending = channel.connector.send?.(sendable, forConnector(channel, deps.publicUrl), deps.hubOf(channel.id))
    if (!sending) throw new ConnectorError('unsupported', 'This channel cannot send.')
    return await Promise.race([sending, late])
  } finally {
    clearTimeout(timer)
  }
}

/**
 * The vendor has it: however long the database is away, we alone know, for as long as this process lives; after that a sweep asks a person. So he is asked
 * too where the outcome cannot be written for another reason: nobody else would ever look at a part whose sender lives.
 */
async function recordPersistently(deps: SendDeps, part: ClaimedPart, outcome: Outcome): Promise<void> {
  try {
    await persistently(deps.pool, (tx) => record(deps, tx, part, outcome))
  } catch (error) {
    deps
      .hubOf(part.channelId)
      .logger.error({ error: String(error), partId: part.id }, 'what became of a message could not be written; a person is asked')
    await persistently(deps.pool, async (tx) => {
      await lockEntry(tx, part.entryId)
      if (await loseParts(tx, part, notWritten)) await settleEntry(tx, part.entryId)
    })
  }
}

/** Again and again while the fault passes by itself. */
async function persistently(pool: Pool, work: (tx: Transaction) => Promise<void>): Promise<void> {
  for (let pauseMs = 50; ; pauseMs = Math.min(pauseMs * 2, 2_000)) {
    try {
      await inTransaction(pool, work)
      return
    } catch (error) {
      if (!isPassingFault(error)) throw error
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
  }
}

async function record(deps: SendDeps, tx: Transaction, part: ClaimedPart, outcome: Outcome): Promise<void> {
  await lockEntry(tx, part.entryId)
  const isOurs = await finishPart(tx, part, changeOf(outcome))
  await hastenConversation(tx, part.conversationId)
  if (isOurs && outcome.is === 'failed') await failRest(tx, part.entryId, restNotSent)
  if (isOurs && outcome.is === 'again' && outcome.channelWaits) await holdChannel(tx, part.channelId, outcome.waitMs)
  if (outcome.is !== 'sent') {
    if (isOurs) await settleEntry(tx, part.entryId)
    return
  }
  // Also when a person decided in the meantime: receipts and answers name the message by these ids.
  const ids = [...new Set([outcome.externalId, ...outcome.alsoKnownAs])].filter((id) => id !== '')
  const taken = await recordExternalIds(tx, part, ids)
  await absorbEchoes(tx, part, taken)
  await settleEntry(tx, part.entryId)
  for (const entryId of await settleMarks(tx, [part.conversationId])) await tellEntryChanged(tx, entryId)
  await deps.applyWaiting(tx, part.channelId, ids)
}

function changeOf(outcome: Outcome) {
  switch (outcome.is) {
    case 'sent':
      return { status: 'sent' as const, error: null, externalId: outcome.externalId }
    case 'again':
      return { status: 'queued' as const, error: outcome.error, waitMs: outcome.waitMs }
    case 'unconfirmed':
    case 'failed':
      return { status: outcome.is, error: outcome.error }
  }
}
