import { describe, expect, it } from 'vitest'
import { fakeDns, noNameServer } from '../../../tests/support/fake-dns.ts'
import { endpointsOf } from './servers/endpoints.ts'
import { emailSettings } from './settings.ts'
import { suggestSettings } from './suggest-settings.ts'

const mx = (...names: string[]) => ({ MX: names.map((exchange, index) => ({ exchange, priority: (names.length - index) * 10 })) })
const srv = (name: string, port: number, priority = 0, weight = 1) => ({ name, port, priority, weight })

describe('servers of a typed address', () => {
  it('are known by the domain without asking any name server', async () => {
    const asked: string[] = []
    const found = await suggestSettings({ address: 'shop@yandex.ru' }, { dns: fakeDns({}, asked) })
    expect(found).toMatchObject({
      title: { ru: 'Яндекс, по адресу' },
      settings: { provider: 'yandex', host: 'imap.yandex.ru', port: 993, security: 'tls', smtpHost: 'smtp.yandex.ru', smtpPort: 465 },
      consent: { title: { ru: 'Яндекс' }, needs: ['oauthClientId', 'oauthClientSecret'] },
    })
    expect(found?.steps.map(({ ru }) => ru).join(' ')).toContain('Пароли приложений')
    expect(asked).toEqual([])
    expect(await suggestSettings({ address: 'a@mail.ru', incoming: 'pop3' }, { dns: noNameServer })).toMatchObject({
      settings: { host: 'pop.mail.ru', port: 995 },
    })
  })

  it.each([
    ['mx.yandex.net.', 'yandex'],
    ['emx.mail.ru', 'mailru'],
    ['ALT1.ASPMX.L.GOOGLE.COM', 'gmail'],
    ['smtp.google.com', 'gmail'],
    ['shop-example.mail.protection.outlook.com', 'm365'],
    ['shop-example.a-b1.mx.microsoft', 'm365'],
    ['mx01.mail.icloud.com', 'icloud'],
    ['in1-smtp.messagingengine.com', 'fastmail'],
  ])('are known by the mail exchanger %s', async (exchange, provider) => {
    const dns = fakeDns({ 'shop.example': mx('backup.elsewhere.example', exchange) })
    const found = await suggestSettings({ address: 'sales@shop.example' }, { dns })
    expect(found?.settings).toMatchObject({ provider })
    expect(found?.title.ru).toContain('по MX-записи')
  })

  it('are not taken for a provider by a look-alike name', async () => {
    for (const exchange of ['mx.yandex.net.evil.example', 'notmx.yandex.network', 'smtp.google.com.example', 'mail.ru'])
      expect(await suggestSettings({ address: 'a@shop.example' }, { dns: fakeDns({ 'shop.example': mx(exchange) }) }), exchange).toBeUndefined()
  })

  it('are read from service records, the best first, encryption from the first byte before STARTTLS', async () => {
    const dns = fakeDns({
      'shop.example': mx('mail.shop.example'),
      '_imaps._tcp.shop.example': { SRV: [srv('second.shop.example', 993, 20), srv('Mail.shop.example.', 9993, 10)] },
      '_imap._tcp.shop.example': { SRV: [srv('plain.shop.example', 143)] },
      '_submissions._tcp.shop.example': { SRV: [srv('.', 0)] },
      '_submission._tcp.shop.example': { SRV: [srv('out.shop.example', 587)] },
    })
    const found = await suggestSettings({ address: 'sales@shop.example' }, { dns })
    expect(found?.settings).toEqual({
      host: 'mail.shop.example',
      port: 9993,
      security: 'tls',
      smtpHost: 'out.shop.example',
      smtpPort: 587,
      smtpSecurity: 'starttls',
    })
  })

  it('stay unknown for half an address, silent name servers, and who says "other"', async () => {
    for (const address of ['', 'sales', 'sales@', 'sales@shop', 7]) expect(await suggestSettings({ address }, { dns: noNameServer })).toBeUndefined()
    expect(await suggestSettings({ address: 'sales@shop.example' }, { dns: noNameServer })).toBeUndefined()
    expect(await suggestSettings({ address: 'shop@yandex.ru', provider: 'other' }, { dns: noNameServer })).toBeUndefined()
  })

  it('leave a channel that has no password to the built-in door', async () => {
    const found = await suggestSettings({ address: 'shop@yandex.ru' }, { dns: noNameServer })
    const settings = { address: 'shop@yandex.ru', ...found?.settings }
    expect(endpointsOf(emailSettings.parse(settings)).incoming).toBeUndefined()
    expect(endpointsOf(emailSettings.parse({ ...settings, password: 'x' })).incoming).toMatchObject({ kind: 'imap', host: 'imap.yandex.ru' })
  })
})
