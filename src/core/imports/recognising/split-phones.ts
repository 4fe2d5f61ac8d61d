import { normalisePhone } from '../../identities/normalise-phone.ts'

/** An office's extension: `доб. 12`, `вн 12`, `ext. 12`, `x12`, `#12`. */
const extension = /[\s,;(]*(?:доб(?:ав(?:очный)?)?|вн(?:утр(?:енний)?)?|extension|ext|x|#)[\s.:№]*(\d{1,7})\)?/giu
const mostDigits = 15

export interface WrittenPhone {
  raw: string
  /** It is an office's number: with an extension. */
  isOffice: boolean
}

/** The phones of one cell: people put several there, between commas, slashes, line ends or nothing at all. */
export function splitPhones(cell: string, country: string): WrittenPhone[] {
  const together = cell.replaceAll(extension, ' #$1')
  const parts = together.split(/[,;|/\n\r]+|\s+(?:и|или|and|or)\s+/iu).map((part) => part.trim())
  return parts.filter((part) => part !== '').flatMap((part) => splitUnparted(part, country, new Map()))
}

/** `tried`: what became of a rest. Without it the ways to cut would double with every number. */
type Tried = Map<string, WrittenPhone[] | undefined>

function splitUnparted(part: string, country: string, tried: Tried): WrittenPhone[] {
  const written = { raw: part.replace(/ #(\d+)$/, ' доб. $1'), isOffice: part.includes('#') }
  const digits = part.replace(/#.*$/, '').replaceAll(/\D/g, '').length
  if (digits <= mostDigits) return [written]
  if (!tried.has(part)) tried.set(part, cutInTwo(part, country, tried))
  return tried.get(part) ?? [written]
}

/** Numbers that stand beside each other with nothing between: cut at the first gap that leaves a phone on either side. */
function cutInTwo(part: string, country: string, tried: Tried): WrittenPhone[] | undefined {
  for (const { index } of part.matchAll(/\s+/g)) {
    const [before, behind] = [part.slice(0, index), part.slice(index).trim()]
    if (before.replaceAll(/\D/g, '').length > mostDigits) return undefined
    if (typeof normalisePhone(before, country) !== 'string') continue
    const rest = splitUnparted(behind, country, tried)
    if (rest.every(({ raw }) => typeof normalisePhone(raw, country) === 'string')) return [{ raw: before, isOffice: before.includes('#') }, ...rest]
  }
  return undefined
}
