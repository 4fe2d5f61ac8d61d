import { expect, it } from 'vitest'
import { normalise } from './inbound.ts'
import { settings } from './settings.ts'
import { testRequest } from './test-request.ts'
import { verify } from './webhook.ts'

const none = settings.parse({})
const read = async (body: string, type: string, given = none) => {
  const [event] = await normalise(
    { method: 'POST', path: '', query: '', headers: { 'content-type': type }, body: Buffer.from(body), receivedAt: new Date(0) },
    given,
  )
  return event?.type === 'form' ? event.test : event?.type
}
const typeform = (text: string, email: string) =>
  JSON.stringify({
    event_type: 'form_response',
    form_response: {
      form_id: 'f',
      token: 'tok',
      definition: { fields: [{ id: 'a', title: 'Name' }] },
      answers: [
        { type: 'text', text, field: { id: 'a', type: 'short_text' } },
        { type: 'email', email, field: { id: 'b', type: 'email' } },
        { type: 'choice', choice: { label: 'Barcelona' }, field: { id: 'c', type: 'multiple_choice' } },
      ],
    },
  })

it('a ping of Tilda, a test request of Typeform and whoever says so are tests', async () => {
  expect(await read('test=test', 'application/x-www-form-urlencoded')).toBe('Tilda checks the address')
  expect(await read(typeform('Lorem ipsum dolor', 'an_account@example.com'), 'application/json')).toBe('a test request of Typeform')
  expect(await read('{"name":"Anna","switchboard_test":true}', 'application/json')).toBe('the request says that it is a test')
})

it('a client is no test, whatever he writes', async () => {
  expect(await read('name=test&phone=%2B79161234567&message=test', 'application/x-www-form-urlencoded')).toBeUndefined()
  expect(await read(typeform('Lorem ipsum dolor', 'anna@shop.example'), 'application/json')).toBeUndefined()
  expect(await read('{"name":"Lorem ipsum dolor","email":"an_account@example.com"}', 'application/json')).toBeUndefined()
  expect(await read('{"name":"Anna","switchboard_test":"0"}', 'application/json')).toBeUndefined()
})

it.each([{ proof: 'url' }, { proof: 'secret', secret: 'long-enough-secret' }, { proof: 'public', origins: ['*.shop.example'] }])(
  'our own test passes the proof of %o and is known for a test',
  async (given) => {
    const channel = { id: 'c', key: 'k', settings: settings.parse(given), hookUrl: 'https://hub.example/hooks/form/k' }
    const request = testRequest(channel)
    expect(verify(request, channel)).toEqual({ is: 'ok' })
    expect(await read(Buffer.from(request.body).toString(), 'application/json', channel.settings)).toBe('the request says that it is a test')
  },
)
