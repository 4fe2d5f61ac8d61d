import ICAL from 'ical.js'

/**
 * An invitation as a few lines that need no language: what, when, where, who. Undefined when the file cannot be read: it is kept as a file then.
 * Times are shown in the zone the organiser wrote, by its name.
 */
export function describeCalendar(bytes: Uint8Array, declaredMethod?: string): string | undefined {
  try {
    const calendar = new ICAL.Component(ICAL.parse(new TextDecoder().decode(bytes)))
    const method = (declaredMethod ?? textOf(calendar, 'method') ?? '').toUpperCase()
    const cards = calendar
      .getAllSubcomponents('vevent')
      .slice(0, 20)
      .map((event) => describeEvent(event, method))
    return cards.length === 0 ? undefined : cards.join('\n\n')
  } catch {
    return undefined
  }
}

function describeEvent(event: ICAL.Component, method: string): string {
  const isCancelled = method === 'CANCEL' || textOf(event, 'status') === 'CANCELLED'
  const people = event.getAllProperties('attendee').slice(0, 50).map(personOf)
  const organiser = event.getFirstProperty('organizer')
  const location = textOf(event, 'location')
  const lines = [
    `${isCancelled ? '❌' : '📅'} ${textOf(event, 'summary') ?? '…'}`,
    whenOf(event),
    location ? `📍 ${location}` : undefined,
    organiser ? `👤 ${personOf(organiser)}` : undefined,
    people.length > 0 ? `👥 ${people.join(', ')}` : undefined,
    textOf(event, 'description'),
  ]
  return lines.filter((line) => line !== undefined && line !== '').join('\n')
}

function whenOf(event: ICAL.Component): string | undefined {
  const start = event.getFirstProperty('dtstart')
  if (start === null) return undefined
  const end = event.getFirstProperty('dtend')
  const from = stamp(start)
  const to = end === null ? '' : stamp(end)
  const zone = zoneOf(start)
  const sameDay = to.slice(0, 10) === from.slice(0, 10)
  const range = to === '' ? from : `${from} – ${sameDay ? to.slice(11) : to}`
  const repeats = textOf(event, 'rrule')
  return `🕒 ${range}${zone === '' ? '' : ` (${zone})`}${repeats ? ` 🔁 ${repeats}` : ''}`
}

/** `2026-11-25 15:00`, or the day alone. */
function stamp(property: ICAL.Property): string {
  const text = String(property.getFirstValue() ?? '')
  return text.slice(0, 16).replace('T', ' ')
}

function zoneOf(property: ICAL.Property): string {
  const named = property.getFirstParameter('tzid')
  if (named) return named
  return String(property.getFirstValue() ?? '').endsWith('Z') ? 'UTC' : ''
}

function personOf(property: ICAL.Property): string {
  const address = String(property.getFirstValue() ?? '').replace(/^mailto:/i, '')
  const name = property.getFirstParameter('cn')
  const state = property.getFirstParameter('partstat')
  const sign = state === 'ACCEPTED' ? ' ✔' : state === 'DECLINED' ? ' ✖' : ''
  return `${name && name !== address ? `${name} <${address}>` : address}${sign}`
}

function textOf(component: ICAL.Component, name: string): string | undefined {
  const value = component.getFirstPropertyValue(name)
  return value === null || value === undefined ? undefined : String(value).trim()
}
