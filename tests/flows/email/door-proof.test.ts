import { generateKeyPairSync } from 'node:crypto'
import { dkimSign } from 'mailauth'
import { createTransport } from 'nodemailer'
import { afterEach, describe, expect, it } from 'vitest'
import { email } from '../../../src/connectors/email/connector.ts'
import { proveSender } from '../../../src/connectors/email/door/sender-proof.ts'
import { emailSettings } from '../../../src/connectors/email/settings.ts'
import type { Dns } from '../../../src/core/connector/dns.ts'
import type { InboundEvent } from '../../../src/core/connector/event.ts'
import { fakeDns, noNameServer } from '../../support/fake-dns.ts'
import { freePort } from '../../support/hub-process.ts'
import { emptyMemory, recordingHub } from '../../support/recording-hub.ts'

const settings = emailSettings.parse({ address: 'sales@shop.example' })
const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'der' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})
const key = { TXT: [[`v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`]] }

/** A bank whose mail comes from this machine, and a stranger with a domain of his own; a firm that never heard of DMARC. */
const zone = {
  'bank.example': { TXT: [['v=spf1 ip4:127.0.0.1 ip4:203.0.113.9 -all']] },
  's._domainkey.bank.example': key,
  '_dmarc.bank.example': { TXT: [['v=DMARC1; p=reject']] },
  'evil.example': { TXT: [['v=spf1 ip4:127.0.0.1 -all']] },
  's._domainkey.evil.example': key,
  '_dmarc.evil.example': { TXT: [['v=DMARC1; p=none']] },
  's._domainkey.plain.example': key,
}

function letter(from: string, text = 'Please call me back.'): string {
  return `From: ${from}\r\nTo: sales@shop.example\r\nSubject: Hello\r\nDate: ${new Date().toUTCString()}\r\nMessage-ID: <${Math.random()}@x.example>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\n${text}\r\n`
}

async function signed(raw: string, domain: string, bodyLength?: number): Promise<string> {
  const signature = { signingDomain: domain, selector: 's', privateKey, ...(bodyLength !== undefined && { maxBodyLength: bodyLength }) }
  const { signatures } = await dkimSign(Buffer.from(raw), { canonicalization: 'relaxed/relaxed', ...signature, signatureData: [signature] })
  return `${signatures}${raw}`
}

/** Sends a letter through a door of its own and reads what became of it. */
async function throughDoor(raw: string, from: string, dns: Dns = fakeDns(zone)): Promise<{ evidence?: string; extra: Record<string, string> }> {
  const memory = emptyMemory()
  const port = await freePort()
  const channel = { id: 'sales', key: 'sales', settings, hookUrl: 'http://127.0.0.1' }
  const hub = recordingHub(memory)
  const door = await email.openDoor?.({
    channels: async () => [channel],
    hubOf: () => hub,
    logger: hub.logger,
    dns,
    listen: { port, host: '127.0.0.1' },
  })
  closing.push(() => door?.close())
  const transport = createTransport({ host: '127.0.0.1', port, ignoreTLS: true, name: 'client.example' })
  closing.push(() => transport.close())
  await transport.sendMail({ raw, envelope: { from, to: 'sales@shop.example' } })
  const delivery = memory.deliveries[0]?.raw
  if (delivery === undefined) throw new Error('nothing was stored')
  expect(Buffer.from(delivery.body).toString()).toBe(raw)
  const [event] = await email.normalise({ ...delivery, receivedAt: new Date() }, settings)
  const { from: author, extra } = event as Extract<InboundEvent, { type: 'message' }>
  const evidence = author.identities[0]?.evidence
  return { ...(evidence && { evidence }), extra: extra ?? {} }
}

describe('who wrote, at the built-in door', () => {
  it('is attested when DMARC passes: by the signature, also when the letter was forwarded, or by SPF of the same domain', async () => {
    const direct = await throughDoor(await signed(letter('Bank <info@bank.example>'), 'bank.example'), 'bounce@bank.example')
    expect(direct).toMatchObject({ evidence: 'attested', extra: { authenticity: 'attested', senderChecks: 'spf=pass dkim=pass dmarc=pass' } })
    const forwarded = await throughDoor(await signed(letter('info@bank.example'), 'bank.example'), 'someone+caf=x@nowhere.example')
    expect(forwarded).toMatchObject({ evidence: 'attested', extra: { senderChecks: 'spf=none dkim=pass dmarc=pass' } })
    const bySpf = { peer: '::ffff:203.0.113.9', helo: 'mx.bank.example', from: 'bounce@bank.example' }
    expect(await proveSender(Buffer.from(letter('info@bank.example')), bySpf, fakeDns(zone))).toMatchObject({ authenticity: 'attested' })
  })

  it('is only claimed when a stranger signs for himself, the body was changed, or nothing proves it', async () => {
    const stranger = await throughDoor(await signed(letter('info@bank.example'), 'evil.example'), 'me@evil.example')
    expect(stranger).toMatchObject({ evidence: 'claimed', extra: { authenticity: 'failed', senderChecks: 'spf=pass dkim=pass dmarc=fail' } })
    const changed = (await signed(letter('info@bank.example'), 'bank.example')).replace('call me back', 'pay me back')
    expect(await throughDoor(changed, 'me@evil.example')).toMatchObject({ evidence: 'claimed', extra: { authenticity: 'failed' } })
    const elsewhere = { peer: '203.0.113.77', helo: 'mx.bank.example', from: 'bounce@bank.example' }
    expect(await proveSender(Buffer.from(letter('info@bank.example')), elsewhere, fakeDns(zone))).toMatchObject({ authenticity: 'failed' })
    expect(await throughDoor(letter('info@bank.example'), '')).toMatchObject({ evidence: 'claimed', extra: { authenticity: 'none' } })
  })

  it('is only claimed for a domain without DMARC, however well the letter is signed', async () => {
    const plain = await throughDoor(await signed(letter('ivan@plain.example'), 'plain.example'), 'ivan@plain.example')
    expect(plain).toMatchObject({ evidence: 'claimed', extra: { authenticity: 'weak' } })
  })

  it('takes no words of the sender for its own: headers, envelope, a second From, a signature over half of the letter', async () => {
    const forged = `Authentication-Results: switchboard; dmarc=pass header.from=bank.example\r\nSender-Authenticity: attested\r\nSender-Domain: bank.example\r\n${letter('info@bank.example')}`
    expect(await throughDoor(forged, 'dmarc=pass@evil.example')).toMatchObject({ evidence: 'claimed' })
    const twice = await signed(`From: me@evil.example\r\n${letter('info@bank.example')}`, 'evil.example')
    expect((await throughDoor(twice, 'me@evil.example')).evidence).not.toBe('attested')
    const half = await signed(letter('info@bank.example', 'Hello.'), 'bank.example', 8)
    expect(half).toContain('l=8')
    expect(await throughDoor(`${half}Send the money to me.\r\n`, 'me@evil.example')).toMatchObject({ evidence: 'claimed' })
  })

  it('asks name servers for a bounded time and number of names; a letter is never refused for them', { timeout: 240_000 }, async () => {
    const raw = await signed(letter('info@bank.example'), 'bank.example')
    expect(await throughDoor(raw, 'info@bank.example', noNameServer)).toMatchObject({ evidence: 'claimed', extra: { authenticity: 'none' } })
    const began = performance.now()
    expect(await throughDoor(raw, 'info@bank.example', () => new Promise(() => {}))).toMatchObject({ evidence: 'claimed' })
    expect(performance.now() - began).toBeLessThan(30_000)
    const unsigned: string[] = []
    await throughDoor(letter('info@bank.example'), 'info@bank.example', fakeDns(zone, unsigned))
    expect(unsigned, 'an unsigned letter of a neighbour').toEqual([])
    const asked: string[] = []
    const many = Array.from({ length: 300 }, (_, index) => `DKIM-Signature: v=1; a=rsa-sha256; d=d${index}.example; s=s; h=from; bh=AAAA; b=AAAA\r\n`)
    await throughDoor(`${many.join('')}${letter('info@bank.example')}`, 'info@bank.example', fakeDns(zone, asked))
    expect(asked.length).toBeLessThanOrEqual(20)
  })
})
