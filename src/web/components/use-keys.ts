import { type RefObject, useEffect, useRef } from 'react'

type Acts = Record<string, () => void>

/** Who listens on this page, in the order in which they came. */
const layers: RefObject<Acts>[] = []

/**
 * Acts by physical key (`j` is the key of J on any layout, `digit1` that of 1). Not while somebody types, and not with Ctrl, Alt or Meta. Where two have the same
 * key, what came onto the page last has it: a player over the list behind it.
 */
export function useKeys(acts: Acts): void {
  const latest = useRef(acts)
  latest.current = acts
  useEffect(() => {
    if (layers.length === 0) document.addEventListener('keydown', onKey)
    layers.push(latest)
    return () => {
      layers.splice(layers.indexOf(latest), 1)
      if (layers.length === 0) document.removeEventListener('keydown', onKey)
    }
  }, [])
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return
  const key = event.code
    .replace(/^Key/, '')
    .replace(/^Numpad(\d)$/, 'Digit$1')
    .toLowerCase()
  const act = layers.findLast(({ current }) => current[key])?.current[key]
  if (!act) return
  event.preventDefault()
  act()
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
}
