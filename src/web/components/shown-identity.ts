import i18next from 'i18next'

/** A phone as people write it, anything else as it is. */
export function shownIdentity({ kind, value }: { kind: string; value: string }): string {
  if (kind === 'visitor') return i18next.t('visitors.unknown', { number: visitorNumber(value) })
  if (kind === 'site-user') return i18next.t('visitors.user', { id: value.slice(value.indexOf(':') + 1) })
  if (kind !== 'phone') return kind === 'email' ? value : `${kind} ${value}`
  const russian = /^\+7(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(value)
  return russian ? `+7 ${russian[1]} ${russian[2]}-${russian[3]}-${russian[4]}` : value
}

/** Four digits to tell one stranger from the next; they may meet, and mean nothing. */
function visitorNumber(id: string): string {
  const sum = Array.from(id).reduce((before, letter) => (before * 31 + (letter.codePointAt(0) ?? 0)) % 10_007, 7)
  return String(sum % 10_000).padStart(4, '0')
}
