/** GSM 03.38, the basic table; what stands in `extended` takes two places. */
const basic = '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
const extended = '^{}\\[~]|€\f'

/** How many characters fit into one SMS that stands alone, and into each part of a longer one. */
const sizes = { gsm7: { alone: 160, part: 153 }, ucs2: { alone: 70, part: 67 } }

export interface Segments {
  encoding: keyof typeof sizes
  /** SMS that will be paid for. */
  count: number
}

/** What a text costs: one letter outside of GSM 03.38, a Cyrillic one or an emoji, makes the whole text UCS-2. */
export function segmentsOf(text: string): Segments {
  const units = text.split('')
  const encoding = units.every((unit) => basic.includes(unit) || extended.includes(unit)) ? 'gsm7' : 'ucs2'
  const length = encoding === 'ucs2' ? units.length : units.reduce((sum, unit) => sum + (extended.includes(unit) ? 2 : 1), 0)
  const { alone, part } = sizes[encoding]
  return { encoding, count: length <= alone ? 1 : Math.ceil(length / part) }
}

/** Characters that so many SMS carry whatever the language. */
export function safeLength(mostSegments: number): number {
  return mostSegments * sizes.ucs2.part
}
