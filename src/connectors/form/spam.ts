import { type ReceivedDelivery, senderRateHeader } from '../../core/connector/delivery.ts'
import type { GuessedEntry } from './guess-fields.ts'
import type { FormSettings } from './settings.ts'
import { fieldOf } from './source.ts'

const link = /https?:\/\/|www\.|\[url|<a\s/i
const maxLinks = 4

/** Why a submission looks like a robot's; undefined when it does not. It is kept in quarantine either way, never dropped. */
export function spamReason(entries: GuessedEntry[], delivery: ReceivedDelivery, settings: FormSettings): string | undefined {
  const trap = entries.find((entry) => entry.as === 'honeypot' && entry.value.trim() !== '')
  if (trap !== undefined) return 'the hidden field was filled in'
  const elapsed = elapsedMs(entries, delivery.receivedAt)
  if (elapsed !== undefined && elapsed < settings.minFillSeconds * 1000) return `filled in within ${(elapsed / 1000).toFixed(1)} s`
  const rate = browserRate(delivery.headers)
  if (rate > settings.maxPerMinute) return `${rate} requests from one address within a minute`
  return contentReason(entries)
}

/** A site's own server sends for all its visitors: only a browser's requests are counted. */
function browserRate(headers: Record<string, string>): number {
  return headers.origin === undefined ? 0 : Number(headers[senderRateHeader] ?? 0)
}

/** By the page's own stopwatch, else by the time it was rendered; a clock that runs ahead tells nothing. */
function elapsedMs(entries: GuessedEntry[], receivedAt: Date): number | undefined {
  const told = fieldOf(entries, 'elapsed')
  if (told !== undefined && /^\d{1,12}$/.test(told)) return Number(told)
  const rendered = fieldOf(entries, 'renderedAt')
  if (rendered === undefined || !/^\d{13}$/.test(rendered)) return undefined
  const elapsed = receivedAt.getTime() - Number(rendered)
  return elapsed >= 0 ? elapsed : undefined
}

function contentReason(entries: GuessedEntry[]): string | undefined {
  const names = entries.filter((entry) => entry.as === 'name' || entry.as === 'firstName' || entry.as === 'lastName')
  if (names.some((entry) => link.test(entry.value.slice(0, 500)))) return 'a link in the name'
  const texts = entries.filter((entry) => entry.as === 'text').map((entry) => entry.value.slice(0, 20_000))
  if (texts.some((text) => /\[url[=\]]|<a\s+href/i.test(text))) return 'link mark-up in the text'
  if (texts.some((text) => (text.match(/https?:\/\//gi)?.length ?? 0) > maxLinks)) return 'many links in the text'
  return undefined
}
