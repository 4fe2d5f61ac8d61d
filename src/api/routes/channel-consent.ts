import { finishConsent } from '../../core/channels/finish-consent.ts'
import { callerIp } from '../http/authenticate.ts'
import type { RawHandler } from './raw-handler.ts'

/** The browser comes back from a vendor's consent page and is sent on to the channel; words of the vendor never travel in the address. */
export const finishConsentInBrowser: RawHandler = async (request, response, actor, deps) => {
  const { state, code } = request.query
  const came = { state: textOf(state) ?? '', code: textOf(code) }
  const outcome = await finishConsent(deps, { ...came, actor, ip: callerIp(request) })
  const shown = new URLSearchParams({ consent: outcome.is, ...(outcome.is !== 'expired' && { channelId: outcome.channelId }) })
  response.set('cache-control', 'no-store').redirect(303, `/channels?${shown}`)
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, 4_096) : undefined
}
