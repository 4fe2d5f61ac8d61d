import { ConnectorError } from '../../../core/connector/errors.ts'
import type { Hub } from '../../../core/connector/hub.ts'
import { both } from './failures.ts'
import type { GraphAccount } from './graph.ts'

export interface Media {
  bytes: Uint8Array
  type?: string
}

// Where Meta keeps files; nobody else may see the token.
const ownHosts = /(^|\.)(facebook\.com|fbsbx\.com|fbcdn\.net|whatsapp\.net|whatsapp\.com|cdninstagram\.com|instagram\.com)$/

/**
 * A file at an address that Meta named. `withToken`: only with the token, and only from Meta's own hosts (or the one the admin typed);
 * without it the address is a stranger's, and never leads into a private network. @throws ConnectorError
 */
export async function download(
  address: string,
  account: GraphAccount,
  hub: Pick<Hub, 'fetch'>,
  { withToken }: { withToken: boolean },
): Promise<Media> {
  const url = URL.parse(address)
  const isTyped = url !== null && url.host === URL.parse(account.apiRoot)?.host
  const isMeta = url?.protocol === 'https:' && ownHosts.test(url.hostname)
  if (!isTyped && !isMeta) throw both('rejected', 'The file lies at no address of Meta and was not fetched', 'Файл лежит не у Meta и не загружен')
  const headers: Record<string, string> = withToken ? { authorization: `Bearer ${account.accessToken}` } : {}
  const response = await hub.fetch(address, { headers, untrusted: !isTyped && !withToken, timeoutMs: 120_000 }).catch((cause: unknown) => {
    throw cause instanceof ConnectorError ? cause : both('temporary', 'The file could not be fetched from Meta', 'Файл не удалось загрузить у Meta')
  })
  if (!response.ok) {
    await response.body?.cancel().catch(() => undefined)
    throw explain(response.status, withToken)
  }
  const type = response.headers.get('content-type')
  const bytes = await response.arrayBuffer().catch((cause: unknown) => {
    if (cause instanceof ConnectorError) throw cause
    throw both('temporary', 'The connection broke while a file came from Meta', 'Связь прервалась во время загрузки файла у Meta')
  })
  return { bytes: new Uint8Array(bytes), ...(type && { type }) }
}

/** A link without a token answers 403 once it is too old. */
function explain(status: number, withToken: boolean): ConnectorError {
  const isDead = status === 404 || status === 410 || (!withToken && (status === 400 || status === 401 || status === 403))
  if (isDead) return both('rejected', 'Meta no longer has the file: its link is dead', 'У Meta больше нет файла: ссылка устарела')
  if (status === 401 || status === 403)
    return both('auth_failed', 'Meta does not give the file to this access token', 'Meta не отдаёт файл по этому токену доступа')
  return both('temporary', `The file could not be fetched from Meta: ${status}`, `Файл не удалось загрузить у Meta: ${status}`)
}
