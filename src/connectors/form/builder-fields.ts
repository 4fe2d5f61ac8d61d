import type { Entry } from './entries.ts'

const part = /^(?:form_)?fields\.([^.]+)\.(id|type|title|value|raw_value|required)$/

/**
 * Elementor Pro's "advanced data": `fields[<id>][title]`, `[type]`, `[value]` … become one field each, named by its title;
 * `meta[page_url][value]` and `form[name]` are read by their paths.
 */
export function joinBuilderFields(entries: Entry[]): Entry[] {
  const groups = new Map<string, Map<string, string>>()
  for (const entry of entries) {
    const [, id, property] = part.exec(entry.path) ?? []
    if (id === undefined || property === undefined) continue
    const group = groups.get(id) ?? new Map<string, string>()
    group.set(property, entry.value)
    groups.set(id, group)
  }
  return entries.flatMap((entry) => {
    const [, id, property] = part.exec(entry.path) ?? []
    const group = id === undefined ? undefined : groups.get(id)
    if (id === undefined || group === undefined || !group.has('value')) return isMetaTitle(entry, entries) ? [] : [entry]
    if (property !== 'value') return []
    const joined = { name: group.get('title') || id, path: `fields.${id}`, value: entry.value }
    const type = group.get('type')
    return [type === undefined ? joined : { ...joined, type: type.toLowerCase() }]
  })
}

function isMetaTitle(entry: Entry, entries: Entry[]): boolean {
  const meta = /^(meta\.[^.]+)\.title$/.exec(entry.path)?.[1]
  return meta !== undefined && entries.some((other) => other.path === `${meta}.value`)
}
