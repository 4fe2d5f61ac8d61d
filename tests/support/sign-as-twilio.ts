import { createHmac } from 'node:crypto'
import type { RawDelivery } from '../../src/core/connector/delivery.ts'
import type { Channel } from '../../src/core/connector/hub.ts'

/** As Twilio's page tells it, without its SDK: HMAC-SHA1 over the address and each field's name and value, in the order of the names. */
export function signAsTwilio(request: RawDelivery, { hookUrl }: Pick<Channel<unknown>, 'hookUrl'>, token: string): RawDelivery {
  const address = `${hookUrl}${request.path}${request.query === '' ? '' : `?${request.query}`}`
  const fields = [...new URLSearchParams(Buffer.from(request.body).toString())].toSorted(([a], [b]) => (a < b ? -1 : 1))
  const signature = createHmac('sha1', token)
    .update(`${address}${fields.flat().join('')}`)
    .digest('base64')
  return { ...request, method: 'POST', headers: { ...request.headers, 'x-twilio-signature': signature } }
}
