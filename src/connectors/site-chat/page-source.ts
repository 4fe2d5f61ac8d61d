import type { Source } from '../../core/connector/event.ts'
import type { About } from './payloads.ts'

/** Click ids and visitor ids of advertising and counting systems. */
const clickId = /^(?:gclid|yclid|fbclid|msclkid|wbraid|gbraid|ttclid|ymclid|ysclid|rb_clickid|vk_clickid|twclid|li_fat_id|roistat|_openstat|erid)$/

/** Where the visitor is and whence he came: tags of the page where he writes win over those of the page by which he came. */
export function sourceOf({ page, landing, referrer }: About): Source | undefined {
  const utm: Record<string, string> = {}
  const clickIds: Record<string, string> = {}
  for (const address of [landing, page]) {
    const query = URL.parse(address ?? '')?.searchParams ?? new URLSearchParams()
    for (const [name, value] of [...query].slice(0, 100)) {
      const text = value.replaceAll('\u0000', '').trim().slice(0, 500)
      const tag = /^utm_(\w{1,30})$/.exec(name)?.[1]
      if (tag !== undefined && text !== '') utm[tag.toLowerCase()] = text
      if (clickId.test(name) && text !== '') clickIds[name] = text
    }
  }
  const source: Source = {
    ...(Object.keys(utm).length > 0 && { utm }),
    ...(Object.keys(clickIds).length > 0 && { clickIds }),
    ...(page && { page }),
    ...(referrer && { referrer }),
    ...(utm.campaign && { campaign: utm.campaign }),
  }
  return Object.keys(source).length > 0 ? source : undefined
}
