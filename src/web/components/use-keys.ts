import { type RefObject, useEffect, useRef } from 'react'

type Acts = Record<string, () => void>

interface Layer {
  acts: Acts
  isActive: () => boolean
}

/** Who listens on this page, in the order in which they came. */
const layers: RefObject<Layer>[] = []

/**
 * Acts by physical key (`j` is the key of J on any layout, `digit1` that of 1). Not while somebody types or is in a window above the page, and not with Ctrl, Alt or Meta. Where two have the same
 * key, what came onto the page last has it: a player over the list behind it; `isActive`, asked at each press, may leave it to the others.
 */
export function useKeys(acts: Acts, isActive: () => boolean = always): void {
  const latest = useRef({ acts, isActive })
  latest.current = { acts, isActive }
  useEffect(() => {
    if (layers.length === 0) document.addEventListener('keydown', onKey)
    layers.push(latest)
    return () => {
      layers.splice(layers.indexOf(latest), 1)
      if (layers.length === 0) document.removeEventListener('keydown', onKey)
    }
  }, [])
}

function always(): boolean {
  return true
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || isElsewhere(event.target)) return
  const key = event.code
    .replace(/^Key/, '')
    .replace(/^Numpad(\d)$/, 'Digit$1')
    .toLowerCase()
  const act = layers.findLast(({ current }) => current.acts[key] && current.isActive())?.current.acts[key]
  if (!act) return
  event.preventDefault()
  act()
}

function isElsewhere(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  const isTyping = target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName)
  return isTyping || target.closest('[aria-modal="true"]') !== null
}
