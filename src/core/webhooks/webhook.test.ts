import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { type AttemptResult, afterAttempt, disabledBy, newWebhookSecret, readRetryAfter, signWebhook } from './webhook.ts'

const body = JSON.stringify({ type: 'entry.created', data: { text: 'Здравствуйте' } })
const headers = (secrets: string[], timestamp = Math.floor(Date.now() / 1000)) => ({
  'webhook-id': 'msg_1',
  'webhook-timestamp': String(timestamp),
  'webhook-signature': signWebhook(secrets, { id: 'msg_1', timestamp, body }),
})

describe('the signature', () => {
  it('is accepted by the library of the standard, with the old secret and with the new one', () => {
    const [older, newer, other] = [newWebhookSecret(), newWebhookSecret(), newWebhookSecret()]
    const sent = headers([newer, older])
    for (const secret of [older, newer]) expect(new Webhook(secret).verify(body, sent)).toEqual(JSON.parse(body))
    expect(() => new Webhook(other).verify(body, sent)).toThrow('No matching signature')
    expect(() => new Webhook(newer).verify(body.replace('в', 'б'), sent)).toThrow('No matching signature')
  })

  it('matches the known answer of the specification', () => {
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
    const message = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1614265330, body: '{"test": 2432232314}' }
    expect(signWebhook([secret], message)).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
  })
})

describe('after an attempt', () => {
  const answered = (status: number | null, more: Partial<AttemptResult> = {}): AttemptResult => ({
    status,
    error: null,
    latencyMs: 1,
    answer: '',
    ...more,
  })

  it('is tried again for more than three days, ever more seldom, and then given up', () => {
    const waits: number[] = []
    for (let attempts = 1; ; attempts++) {
      const next = afterAttempt(answered(500), attempts, 0)
      if (next.is !== 'again') break
      waits.push(next.waitMs)
    }
    expect(waits).toHaveLength(9)
    expect(waits).toEqual(waits.toSorted((a, b) => a - b))
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThan(3 * 86_400_000)
  })

  it.each([200, 201, 204])('%i delivers', (status) => expect(afterAttempt(answered(status), 1, 0)).toEqual({ is: 'delivered' }))
  it.each([null, 301, 400, 404, 500])('%s is tried again', (status) =>
    expect(afterAttempt(answered(status), 1, 0)).toMatchObject({ is: 'again', webhookWaitMs: 0 }),
  )

  it('waits as long as it was asked to, with everything for that receiver', () => {
    const next = afterAttempt(answered(429, { retryAfterMs: 600_000 }), 1, 0.5)
    expect(next).toEqual({ is: 'again', waitMs: 600_000, webhookWaitMs: 600_000 })
    const now = new Date('2026-11-22T10:00:00Z')
    expect([readRetryAfter('120', now), readRetryAfter('Sun, 22 Nov 2026 10:01:00 GMT', now), readRetryAfter('soon', now)]).toEqual([
      120_000,
      60_000,
      undefined,
    ])
  })

  it('spreads its waits', () => {
    expect([0, 1].map((random) => (afterAttempt(answered(500), 1, random) as { waitMs: number }).waitMs)).toEqual([5_000, 6_000])
  })

  it('switches off what is gone, or silent for three days', () => {
    const now = new Date()
    const ago = (days: number) => new Date(now.getTime() - days * 86_400_000)
    expect([disabledBy(answered(410), now, now), disabledBy(answered(500), ago(2.9), now), disabledBy(answered(null), ago(3), now)]).toEqual([
      'gone',
      undefined,
      'silent',
    ])
  })
})
