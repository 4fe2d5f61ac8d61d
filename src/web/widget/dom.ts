type Child = Node | string | null | undefined

/** An element; attributes that are undefined are left out. Texts are texts: nothing is ever read as HTML. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Record<string, string | undefined> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) element.setAttribute(name, value)
  for (const child of children) if (child !== null && child !== undefined) element.append(child)
  return element
}

/** An outline of 24 × 24, one path. */
export function icon(path: string, size = 24): SVGElement {
  const space = 'http://www.w3.org/2000/svg'
  const svg = document.createElementNS(space, 'svg')
  const line = document.createElementNS(space, 'path')
  for (const [name, value] of Object.entries({ viewBox: '0 0 24 24', width: String(size), height: String(size), 'aria-hidden': 'true' })) {
    svg.setAttribute(name, value)
  }
  line.setAttribute('d', path)
  svg.append(line)
  return svg
}

/** Outlines of Tabler Icons (MIT). */
export const icons = {
  chat: 'M4 21V8a3 3 0 0 1 3-3h10a3 3 0 0 1 3 3v6a3 3 0 0 1-3 3H8l-4 4M8 9h8M8 13h6',
  close: 'M18 6 6 18M6 6l12 12',
  down: 'M6 9l6 6 6-6',
  back: 'M15 6l-6 6 6 6',
  phone: 'M5 4h4l2 5-2.5 1.5a11 11 0 0 0 5 5L15 13l5 2v4a2 2 0 0 1-2 2A16 16 0 0 1 3 6a2 2 0 0 1 2-2',
  clip: 'M15 7l-6.5 6.5a1.5 1.5 0 0 0 3 3L18 10a3 3 0 0 0-6-6l-6.5 6.5a4.5 4.5 0 0 0 9 9L21 13',
  send: 'M4.7 3.3 20 11.1a1 1 0 0 1 0 1.8L4.7 20.7a.5.5 0 0 1-.7-.6L6 12 4 3.9a.5.5 0 0 1 .7-.6M6 12h8',
  file: 'M14 3v4a1 1 0 0 0 1 1h4M17 21H7a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2h7l5 5v11a2 2 0 0 1-2 2',
  clock: 'M3 12a9 9 0 1 0 18 0 9 9 0 1 0-18 0M12 7v5l3 3',
  sent: 'M5 12l5 5L20 7',
  seen: 'M7 12l5 5L22 7M2 12l5 5m5-5 5-5',
  fault: 'M3 12a9 9 0 1 0 18 0 9 9 0 1 0-18 0M12 8v4M12 16h.01',
}

const link = /https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]}]/g

/** A text with its addresses made into links. */
export function linked(text: string): (Node | string)[] {
  const parts: (Node | string)[] = []
  let from = 0
  for (const { 0: found, index } of text.matchAll(link)) {
    parts.push(text.slice(from, index), make('a', { href: found, target: '_blank', rel: 'noopener noreferrer nofollow' }, found))
    from = index + found.length
  }
  return [...parts, text.slice(from)]
}
