import { useEffect, useRef } from 'react'

/** Keys of a ringing card by physical code: plain where nobody types, with Alt everywhere, so that no word of a letter chooses a client. */
export function useRingKeys(acts: Record<string, (() => void) | undefined>): void {
  const latest = useRef(acts)
  latest.current = acts
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const act = latest.current[event.code.replace(/^Digit/, '')]
      if (!act || event.ctrlKey || event.metaKey || (isTyping(event.target) && !event.altKey)) return
      event.preventDefault()
      act()
    }
    // Before all other keys of the page: a telephone does not wait.
    document.addEventListener('keydown', onKey, true)
    return () => document.removeEventListener('keydown', onKey, true)
  }, [])
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
}
