import { describe, expect, it } from 'vitest'
import { readCurl, splitWords } from './curl-command.ts'
import { normalise } from './inbound.ts'
import { readExample } from './read-example.ts'
import { settings } from './settings.ts'

const channel = (given: object = {}) => ({ id: 'c', key: 'k', settings: settings.parse(given), hookUrl: 'https://hub.example/hooks/form/KEY' })
async function eventOf(text: string, given: object = {}) {
  const read = readExample(text, channel(given))
  if (!read) return { read, event: undefined }
  const mapped = settings.parse({ ...given, mapping: read.mapping })
  const [event] = await normalise({ ...read.request, receivedAt: new Date(0) }, mapped)
  return { read, event }
}

describe('a pasted command of curl', () => {
  it('is split as a shell does, over lines and with the quotes that browsers print', () => {
    expect(splitWords(`curl 'https://a.example/x' \\\n  -H "A: \\"b\\"" --data $'n=\\u0410\\'s'  a\\ b`)).toEqual([
      'curl',
      'https://a.example/x',
      '-H',
      'A: "b"',
      '--data',
      "n=А's",
      'a b',
    ])
  })

  it.each([
    [`curl -X POST https://old.example/lead -H 'Content-Type: application/json' -d '{"name":"Анна","phone":"+7 916 123-45-67"}'`],
    [`curl https://old.example/lead --json '{"name":"Анна","phone":"+7 916 123-45-67"}'`],
    [`curl 'https://old.example/lead' --data-raw 'name=%D0%90%D0%BD%D0%BD%D0%B0&phone=%2B79161234567'`],
    [`curl https://old.example/lead --data-urlencode 'name=Анна' --data-urlencode 'phone=+7 916 123-45-67'`],
    [`curl https://old.example/lead -F name=Анна -F 'phone=+7 916 123-45-67' -F 'file=@/home/a/price.pdf'`],
    [`curl -G 'https://old.example/lead?name=%D0%90%D0%BD%D0%BD%D0%B0&phone=%2B79161234567'`],
    [`curl -sS -u me:pw -XPOST https://old.example/lead -dname=Анна -d 'phone=+7 916 123-45-67'`],
  ])('%s shows its person, and the snippet sends here', async (text) => {
    const { read, event } = await eventOf(text)
    expect(event).toMatchObject({ type: 'form', from: { name: 'Анна', identities: [{ kind: 'phone' }] } })
    expect(read?.snippet.code).toContain('https://hub.example/hooks/form/KEY')
    expect(read?.snippet.code).not.toContain('old.example')
  })

  it('keeps the place of the secret where the channel asks for one, and never the secret', () => {
    const read = readExample(`curl https://old.example -d 'name=A'`, channel({ proof: 'secret', secret: 'not-to-be-shown' }))
    expect(read?.snippet.code).toContain("-H 'X-Hub-Key: YOUR_SECRET'")
    expect(JSON.stringify(read?.snippet)).not.toContain('not-to-be-shown')
  })

  it('is not every text that begins so', () => {
    expect(readCurl('curl')).toBeUndefined()
    expect(readCurl('curling is a sport')).toBeUndefined()
    expect(readExample('Hello, how do I connect my site?', channel())).toBeUndefined()
  })
})

describe('a pasted form', () => {
  const page = `<div class="box"><form id="lead" class="big" action="/old.php" method="get" onsubmit="return check()">
    <label>Ваше имя <input name="field1"></label>
    <label for="t">Куда звонить</label><input id="t" type="tel" name="field2">
    <select name="service"><option value="">Выберите</option><option value="17">Окна</option><option value="18">Двери</option></select>
    <input type="checkbox" name="agree" id="agree" value="1"><label for="agree">Согласен на обработку данных</label>
    <input type="submit" value="Go"></form></div><p>footer</p>`

  it('gives the mapping that its names would not: by types, words and options', async () => {
    const { read, event } = await eventOf(page)
    expect(read?.mapping).toEqual({
      field1: { as: 'name' },
      field2: { as: 'phone' },
      service: { choices: { 17: 'Окна', 18: 'Двери' } },
    })
    expect(event).toMatchObject({ topic: 'Окна', from: { name: 'Анна Ким', identities: [{ kind: 'phone' }] } })
  })

  it('comes back the same but for where it sends, with its consent in words and a trap for robots', () => {
    const code = readExample(page, channel())?.snippet.code ?? ''
    expect(code).toContain('<form action="https://hub.example/hooks/form/KEY" method="post" accept-charset="utf-8" id="lead" class="big">')
    expect(code).toContain('<input type="hidden" name="consent_text" value="Согласен на обработку данных">')
    expect(code).toContain('name="sb_website"')
    expect(code).toMatch(/<\/form><\/div><p>footer<\/p>$/)
    expect(code).not.toContain('old.php')
  })

  it('sends files as a form must, and may be bare controls', () => {
    expect(readExample('<form><input type=file name=cv></form>', channel())?.snippet.code).toContain('enctype="multipart/form-data"')
    expect(readExample('<input name="phone">', channel())?.snippet.code).toMatch(/^<form action="https:\/\/hub\.example[\s\S]*<\/form>$/)
  })
})

it('a pasted body of JSON is an example too', async () => {
  const { event } = await eventOf('{"name": "Анна", "phone": "+7 916 123-45-67"}')
  expect(event).toMatchObject({ from: { name: 'Анна' } })
})
