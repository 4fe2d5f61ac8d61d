import type { SessionRequest, VisitorHistory, VisitorSession, VisitorWidget } from '../../api/contract/visitors.ts'

/** Where the hub is, and which of its chats this is. */
export interface Place {
  /** Without a slash at the end. */
  base: string
  key: string
}

/** What came of sending. `again`: nothing is known to be stored, the same may be sent once more. */
export type Sent = 'stored' | 'again' | 'slow' | 'no_session' | 'refused' | 'too_large'

const timeoutMs = 20_000

/** Rejects with the hub's own words. */
async function ask<Answer>(place: Place, path: string, body?: object): Promise<Answer> {
  // Without headers of its own a request needs no preflight.
  const response = await fetch(`${place.base}/visitors/${place.key}/${path}`, {
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
    credentials: 'omit',
    signal: AbortSignal.timeout(timeoutMs),
  })
  const answer = (await response.json()) as Answer & { detail?: string; title?: string }
  if (!response.ok) throw new Error(`${response.status} ${answer.detail ?? answer.title ?? ''}`)
  return answer
}

export const getLook = (place: Place) => ask<VisitorWidget>(place, 'widget')
export const getSession = (place: Place, request: SessionRequest) => ask<VisitorSession>(place, 'session', request)
export const getHistory = (place: Place, token: string, before?: string) => ask<VisitorHistory>(place, 'history', { token, before })

/** Through the channel's hook, as everything that comes from outside. The id makes a repetition the same thing. */
export async function post(place: Place, who: { token: string; visitorId: string }, id: string, payload: object, files: File[] = []): Promise<Sent> {
  const form = new FormData()
  form.append('payload', JSON.stringify(payload))
  for (const file of files) form.append('file', file)
  const headers: Record<string, string> = { authorization: `Bearer ${who.token}` }
  if (files.length === 0) headers['content-type'] = 'application/json'
  try {
    const response = await fetch(`${place.base}/hooks/site-chat/${place.key}?visitor=${who.visitorId}&id=${id}`, {
      method: 'POST',
      headers,
      body: files.length > 0 ? form : JSON.stringify(payload),
      credentials: 'omit',
      // A page that is left lets a short word go all the same.
      keepalive: files.length === 0,
      signal: AbortSignal.timeout(files.length > 0 ? 120_000 : timeoutMs),
    })
    return outcomeOf(response.status)
  } catch {
    return 'again'
  }
}

function outcomeOf(status: number): Sent {
  if (status < 300) return 'stored'
  if (status === 401) return 'no_session'
  if (status === 413) return 'too_large'
  if (status === 429) return 'slow'
  return status >= 500 ? 'again' : 'refused'
}

export function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
