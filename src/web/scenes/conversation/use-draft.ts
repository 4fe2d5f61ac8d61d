import { type RefObject, useEffect, useRef, useState } from 'react'
import { api } from '../../api/client.ts'
import { tellError } from '../../components/tell.ts'

const draftAfterMs = 800

interface Pending {
  save(): void
  timer: ReturnType<typeof setTimeout>
}

/** The draft of one conversation, read when it is opened and kept a moment after the last key, or at once when one leaves. A note has none, and takes the draft it was made of along. */
export function useDraft(conversationId: string | undefined, isNote: boolean, onKept: (text: string) => void) {
  const place = isNote ? undefined : conversationId
  const [isKept, setKept] = useState(false)
  const pending = useRef<Pending>(undefined)
  const saved = useRef<Promise<unknown>>(Promise.resolve())
  const isTouched = useRef(false)
  const tell = useRef(onKept)
  tell.current = onKept
  useEffect(() => {
    if (!place) return
    isTouched.current = false
    let isOpen = true
    api.drafts.get({ id: place }).then(({ draft }) => isOpen && !isTouched.current && draft && tell.current(draft.text), tellError)
    return () => {
      isOpen = false
      drop(pending)?.()
    }
  }, [place])
  return {
    isKept,
    keep(text: string) {
      isTouched.current = true
      drop(pending)
      setKept(false)
      if (!place) return
      const save = () => {
        pending.current = undefined
        saved.current = api.drafts.save({ id: place, text }).then(() => setKept(text !== ''), tellError)
      }
      pending.current = { save, timer: setTimeout(save, draftAfterMs) }
    },
    forget() {
      isTouched.current = true
      drop(pending)
      setKept(false)
      // After what is still being saved: else it would come back.
      if (conversationId) void saved.current.then(() => api.drafts.discard({ id: conversationId })).catch(tellError)
    },
  }
}

/** What was about to be saved, which now is not. */
function drop(pending: RefObject<Pending | undefined>): (() => void) | undefined {
  const save = pending.current?.save
  clearTimeout(pending.current?.timer)
  pending.current = undefined
  return save
}
