import { useEffect, useRef, useState } from 'react'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { uploadAttachment } from '../../api/upload-attachment.ts'
import { problemCode, tellError } from '../../components/tell.ts'
import { liveState } from '../../live/live-store.ts'

const draftAfterMs = 800

interface Composer {
  text: string
  files: { id: string; name: string }[]
  isSending: boolean
  isDraftKept: boolean
  /** How many entries came that the author had not seen when he sent. */
  unseen: number
  write(text: string): void
  attach(files: File[]): void
  detach(id: string): void
  send(): void
}

/** What somebody writes in one conversation: draft on the server, files, and the answer to "something newer came". */
export function useComposer({ cardId, conversationId, isNote }: { cardId: string; conversationId: string | undefined; isNote: boolean }): Composer {
  const [text, setText] = useState('')
  const [files, setFiles] = useState<{ id: string; name: string }[]>([])
  const [isSending, setSending] = useState(false)
  const [isDraftKept, setDraftKept] = useState(false)
  const [unseen, setUnseen] = useState(0)
  const seen = useRef(liveState().cursor)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  useEffect(() => {
    seen.current = liveState().cursor
    if (!conversationId) return
    void api.drafts.get({ id: conversationId }).then(({ draft }) => setText((now) => now || (draft?.text ?? '')), tellError)
    return () => clearTimeout(timer.current)
  }, [conversationId])

  function keepDraft(draft: string): void {
    clearTimeout(timer.current)
    setDraftKept(false)
    if (!conversationId || isNote) return
    timer.current = setTimeout(() => void api.drafts.save({ id: conversationId, text: draft }).then(() => setDraftKept(draft !== '')), draftAfterMs)
  }

  async function send(): Promise<void> {
    if (!conversationId) return
    setSending(true)
    try {
      if (isNote) await api.conversations.note({ id: conversationId, text })
      else {
        const cursor = unseen > 0 ? liveState().cursor : seen.current
        const attachments = files.map((file) => file.id)
        await api.conversations.send({
          id: conversationId,
          text,
          ...(attachments.length > 0 && { attachments }),
          ...(cursor && { lastSeenCursor: cursor }),
        })
      }
      setText('')
      setFiles([])
      setUnseen(0)
      clearTimeout(timer.current)
      setDraftKept(false)
      seen.current = liveState().cursor
    } catch (error) {
      if (problemCode(error) === 'stale_reply') setUnseen(1)
      else tellError(error)
    } finally {
      setSending(false)
      await Promise.all(
        ['timeline', 'waiting', 'conversations'].map((key) => queryClient.invalidateQueries({ queryKey: key === 'waiting' ? [key] : [key, cardId] })),
      )
    }
  }

  return {
    text,
    files,
    isSending,
    isDraftKept,
    unseen,
    write(next) {
      setText(next)
      keepDraft(next)
      if (unseen === 0) seen.current = liveState().cursor
    },
    attach(added) {
      for (const file of added) uploadAttachment(file).then((id) => setFiles((now) => [...now, { id, name: file.name }]), tellError)
    },
    detach: (id) => setFiles((now) => now.filter((file) => file.id !== id)),
    send: () => void send(),
  }
}
