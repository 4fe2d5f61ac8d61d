import { describe, expect, it } from 'vitest'
import { type ConnectorErrorCode, connectorErrorCodes } from '../connector/errors.ts'
import { entryStatusOf, isNews, outcomeOfError, type PartStatus } from './outbox.ts'

const about = { attempts: 1, ageMs: 0, retryAfterMs: undefined }
const failure = (code: ConnectorErrorCode, message = '') => ({ code, message, words: undefined })
const of = (...statuses: PartStatus[]) => entryStatusOf(statuses.map((status) => ({ status, error: null }))).status

describe('what comes of a connector’s error', () => {
  it('stops, waits or asks a person, as the code says', () => {
    const outcomes = Object.fromEntries(connectorErrorCodes.map((code) => [code, outcomeOfError(failure(code, 'words'), about).is]))
    expect(outcomes).toEqual({
      auth_failed: 'again',
      rate_limited: 'again',
      temporary: 'again',
      outcome_unknown: 'unconfirmed',
      rejected: 'failed',
      invalid_recipient: 'failed',
      window_closed: 'failed',
      blocked: 'failed',
      unsupported: 'failed',
    })
  })

  it('waits as long as the vendor asks, else longer each time, and gives up after a day', () => {
    expect(outcomeOfError(failure('rate_limited'), { ...about, retryAfterMs: 1234 })).toMatchObject({ waitMs: 1234, channelWaits: true })
    expect(outcomeOfError(failure('rate_limited'), { ...about, attempts: 3, retryAfterMs: 0 })).toMatchObject({ waitMs: 4_000 })
    const waits = [1, 2, 3, 50].map((attempts) => outcomeOfError(failure('temporary'), { ...about, attempts }))
    expect(waits.map((one) => (one.is === 'again' ? one.waitMs : 0))).toEqual([2_000, 4_000, 8_000, 600_000])
    expect(outcomeOfError(failure('temporary'), { ...about, ageMs: 25 * 3_600_000 })).toMatchObject({ is: 'failed', error: { code: 'given_up' } })
  })
})

describe('the status of a message', () => {
  it('follows from its parts', () => {
    expect(of('queued', 'queued')).toBe('queued')
    expect(of('sent', 'queued')).toBe('sending')
    expect(of('sending', 'queued')).toBe('sending')
    expect(of('sent', 'unconfirmed', 'queued')).toBe('unconfirmed')
    expect(of('sent', 'failed', 'failed')).toBe('failed')
    expect(of('read', 'delivered')).toBe('delivered')
    expect(of('read', 'sent')).toBe('sent')
    expect(of('read')).toBe('read')
  })

  it('never goes backwards, and every order of receipts ends the same', () => {
    const said: PartStatus[] = ['sent', 'failed', 'delivered', 'read']
    const orders = said.flatMap((a) => said.flatMap((b) => said.map((c) => [a, b, c] as const)))
    for (const order of orders) {
      const end = (receipts: readonly PartStatus[]) => receipts.reduce((known, next) => (isNews(known, next) ? next : known), 'sending' as PartStatus)
      expect(end(order)).toBe(end([...order].reverse()))
    }
    expect(isNews('read', 'failed')).toBe(false)
    expect(isNews('sent', 'failed')).toBe(true)
  })
})
