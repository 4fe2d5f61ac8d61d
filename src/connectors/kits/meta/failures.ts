import { z } from 'zod'
import { ConnectorError, type ConnectorErrorCode } from '../../../core/connector/errors.ts'
import type { Localised } from '../../../core/connector/manifest.ts'
import { type Meaning, meaningOf } from './known-errors.ts'

/** One error, of a refused request or of a message that failed later. */
export const graphError = z.object({
  code: z.coerce.number(),
  error_subcode: z.coerce.number().optional().catch(undefined),
  title: z.string().optional(),
  message: z.string().optional(),
  error_data: z.object({ details: z.string().optional() }).optional().catch(undefined),
})
export type GraphError = z.infer<typeof graphError>

const refusal = z.object({ error: graphError })

/** A refusal of Meta's, with what it said itself for those who must tell refusals apart. */
export class GraphRefusal extends ConnectorError {
  readonly said: GraphError

  constructor(said: GraphError, { code, en, ru, retryAfterMs }: Meaning) {
    const words = { en: withNumber(en, said), ru: withNumber(ru, said) }
    super(code, words.en, { words, ...(retryAfterMs !== undefined && { retryAfterMs }) })
    this.said = said
  }
}

/** Words of an error that came with a failed message. */
export function wordsOf(said: GraphError): Localised {
  const { en, ru } = meaningOf(said.code, said.error_subcode) ?? { en: spoken(said), ru: spoken(said) }
  return { en: withNumber(en, said), ru: withNumber(ru, said) }
}

function withNumber(words: string, { code, error_subcode: subcode }: GraphError): string {
  return `${words} (Meta error ${code}${subcode === undefined ? '' : `/${subcode}`})`
}

function spoken({ error_data: data, message, title }: GraphError): string {
  return data?.details ?? message ?? title ?? 'Meta gives no reason'
}

/** What an answer other than 2xx means. `mayAct`: the request may have sent something, so that an unclear end stays unclear. */
export function explainAnswer(response: Response, body: unknown, mayAct: boolean): ConnectorError {
  const said = refusal.safeParse(body).data?.error
  if (said) {
    const known = meaningOf(said.code, said.error_subcode) ?? unknownMeaning(said, response.status, mayAct)
    const delayMs = known.code === 'rate_limited' ? delayOf(response) : undefined
    const code: ConnectorErrorCode = known.code === 'outcome_unknown' && !mayAct ? 'temporary' : known.code
    return new GraphRefusal(said, { ...known, code, ...(delayMs !== undefined && { retryAfterMs: delayMs }) })
  }
  if (response.status === 429) {
    const retryAfterMs = delayOf(response) ?? 30_000
    return both('rate_limited', 'Meta asks to wait', 'Meta просит подождать', retryAfterMs)
  }
  if (response.status === 401) return both('auth_failed', 'Meta does not accept the access token', 'Meta не принимает токен доступа')
  if (response.status >= 500) return unclear(`${response.status}`, mayAct)
  return both('rejected', `Meta refused with ${response.status}`, `Meta отказала: ${response.status}`)
}

function unknownMeaning(said: GraphError, status: number, mayAct: boolean): Meaning {
  const words = { en: `Meta refused: ${spoken(said)}`, ru: `Meta отказала: ${spoken(said)}` }
  if (status === 429) return { code: 'rate_limited', ...words, retryAfterMs: 30_000 }
  if (status >= 500) return { code: mayAct ? 'outcome_unknown' : 'temporary', ...words }
  return { code: 'rejected', ...words }
}

const usage = z.record(z.string(), z.array(z.object({ estimated_time_to_regain_access: z.coerce.number().optional() })))

/** `Retry-After` in seconds; else the minutes of https://developers.facebook.com/docs/graph-api/overview/rate-limiting#headers */
function delayOf({ headers }: Response): number | undefined {
  const seconds = Number(headers.get('retry-after'))
  if (seconds > 0) return Math.min(seconds, 86_400) * 1000
  const told = headers.get('x-business-use-case-usage')
  const read = told === null ? undefined : usage.safeParse(parsed(told)).data
  const minutes = Math.max(0, ...Object.values(read ?? {}).flatMap((all) => all.map((one) => one.estimated_time_to_regain_access ?? 0)))
  return minutes > 0 ? Math.min(minutes, 1440) * 60_000 : undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function unclear(what: string, mayAct: boolean): ConnectorError {
  return both(mayAct ? 'outcome_unknown' : 'temporary', `No clear answer came from Meta (${what})`, `Meta не ответила внятно (${what})`)
}

/** An error with its words in both languages. */
export function both(code: ConnectorErrorCode, en: string, ru: string, retryAfterMs?: number): ConnectorError {
  return new ConnectorError(code, en, { words: { en, ru }, ...(retryAfterMs !== undefined && { retryAfterMs }) })
}
