import type { ConnectorError } from './errors.ts'
import type { Hub } from './hub.ts'
import { brokenCall, wordedError } from './worded-error.ts'

/**
 * Content of a file whose address came in a payload. Addresses on the vendor's own host (`apiRoot`) are fetched as trusted; all others never
 * reach private networks. A link that has died is `rejected`, so that the attachment is marked missing; what may pass is `temporary`.
 */
export async function fetchFile(hub: Hub, url: string, vendor: { name: string; apiRoot: string }): Promise<{ bytes: Uint8Array; type?: string }> {
  const address = URL.parse(url)
  if (!address) throw gone(vendor.name)
  const untrusted = address.origin !== new URL(vendor.apiRoot).origin
  const response = await hub.fetch(address.href, { untrusted, timeoutMs: 120_000 }).catch((failure: unknown) => {
    throw brokenCall(vendor.name, failure, false)
  })
  if (!response.ok) {
    await response.body?.cancel().catch(() => undefined)
    const mayPass = response.status === 429 || response.status >= 500
    if (!mayPass) throw gone(vendor.name)
    throw wordedError('temporary', {
      en: `The file could not be fetched from ${vendor.name} (${response.status})`,
      ru: `${vendor.name}: файл не удалось загрузить (${response.status})`,
    })
  }
  const type = response.headers.get('content-type')?.split(';')[0]?.trim()
  const bytes = await response.arrayBuffer().catch((failure: unknown) => {
    throw brokenCall(vendor.name, failure, false)
  })
  return { bytes: new Uint8Array(bytes), ...(type && { type }) }
}

function gone(vendor: string): ConnectorError {
  return wordedError('rejected', { en: `${vendor} no longer has this file`, ru: `${vendor}: файла больше нет` })
}
