import { Script } from 'node:vm'
import { expect, it } from 'vitest'
import { renderEmbed } from './render-embed.ts'
import { settings } from './settings.ts'
import { snippets } from './snippets.ts'

const options = { hookUrl: 'https://hub.example/hooks/form/k', language: 'ru' }
const channel = (given: unknown) => ({ id: 'c', key: 'k', settings: settings.parse(given), hookUrl: options.hookUrl })
/** Compiled, not run: throws when it is no JavaScript. */
const compile = (script: string) => new Script(script)

it('is a script under 10 kB that names no host but the hub', () => {
  const script = renderEmbed(settings.parse({ form: { title: 'Заявка', consent: { text: 'Согласен' } } }), options)
  expect(() => compile(script)).not.toThrow()
  expect(Buffer.byteLength(script)).toBeLessThan(10_000)
  expect(script.match(/https?:\/\/[^/"']+/g)).toEqual(['https://hub.example'])
})

it('lets no text of the settings out of its string', () => {
  const nasty = '</script><script>alert(1)</script>\u2028"\\\'`$'
  const script = renderEmbed(settings.parse({ form: { title: nasty, consent: { text: nasty } } }), options)
  expect(() => compile(script)).not.toThrow()
  expect(script).not.toContain('</script')
  expect(script).not.toContain('\u2028')
})

it('speaks the language that was asked for, unless the settings choose', () => {
  expect(renderEmbed(settings.parse({}), options)).toContain('"Отправить"')
  expect(renderEmbed(settings.parse({}), { ...options, language: 'en-GB' })).toContain('"Send"')
  expect(renderEmbed(settings.parse({ form: { language: 'en' } }), options)).toContain('"Send"')
})

it('makes no form where a page would have to keep a secret', () => {
  const script = renderEmbed(settings.parse({ proof: 'secret', secret: 'correct-horse' }), options)
  expect(() => compile(script)).not.toThrow()
  expect(script).not.toContain('fetch')
  expect(script).not.toContain('correct-horse')
})

it.each(['url', 'secret', 'public'])('has snippets with the address and never the secret, for the proof %s', (proof) => {
  const all = snippets(channel({ proof, secret: 'correct-horse' }))
  expect(all.map(({ id }) => id)).toEqual(expect.arrayContaining(['curl', 'php', 'tilda', 'wordpress']))
  expect(all.some(({ id }) => id === 'html')).toBe(proof !== 'secret')
  for (const { code, title, steps } of all) {
    expect(code).toMatch(/hub\.example\/(hooks\/form\/k|forms\/k\.js)/)
    expect(code).not.toContain('correct-horse')
    expect(code.includes('YOUR_SECRET')).toBe(proof === 'secret')
    expect(title.ru).not.toBe('')
    expect(steps?.length).toBeGreaterThan(0)
  }
})

it('needs no setting, and says which one is wrong', () => {
  expect(settings.parse({})).toMatchObject({ proof: 'url', lookalikeMinutes: 10 })
  for (const wrong of [
    { proof: 'secret' },
    { proof: 'signature' },
    { origins: ['not a site/ at all'] },
    { defaultCountry: 'XX' },
    { timeZone: 'Mars/Base' },
    { mapping: { a: 'nonsense' } },
    { thankYouUrl: 'javascript:alert(1)' },
    { form: { consent: { text: 'x', url: 'javascript:alert(1)' } } },
    { form: { fields: [{ name: '"><script>' }] } },
  ]) {
    expect(settings.safeParse(wrong).success, JSON.stringify(wrong)).toBe(false)
  }
})
