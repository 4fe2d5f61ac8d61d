import { type RefObject, useEffect, useRef, useState } from 'react'

/** How long a message may be called back after Enter. */
const holdMs = 5_000

export interface HeldSend {
  /** When the message leaves; undefined: nothing is held. */
  leavesAt: number | undefined
  hold(act: () => void): void
  callBack(): void
  /** Does not wait any longer. */
  release(): void
}

interface Held {
  act: () => void
  timer: ReturnType<typeof setTimeout>
}

/** Keeps an act back for five seconds, so that it can be undone. Leaving the place does it at once: nothing held is forgotten. */
export function useHeldSend(): HeldSend {
  const [leavesAt, setLeavesAt] = useState<number>()
  const held = useRef<Held>(undefined)

  function release(): void {
    const act = take(held)
    setLeavesAt(undefined)
    act?.()
  }
  useEffect(() => {
    const leave = () => take(held)?.()
    window.addEventListener('pagehide', leave)
    return () => {
      window.removeEventListener('pagehide', leave)
      leave()
    }
  }, [])

  return {
    leavesAt,
    hold(act) {
      take(held)
      held.current = { act, timer: setTimeout(release, holdMs) }
      setLeavesAt(Date.now() + holdMs)
    },
    callBack() {
      take(held)
      setLeavesAt(undefined)
    },
    release,
  }
}

function take(held: RefObject<Held | undefined>): (() => void) | undefined {
  const act = held.current?.act
  clearTimeout(held.current?.timer)
  held.current = undefined
  return act
}
