import { useEffect, useRef, useState } from 'react'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { uploadAttachment } from '../../api/upload-attachment.ts'
import { isRecord } from '../../components/is-record.ts'
import { tellError } from '../../components/tell.ts'
import { liveState } from '../../live/live-store.ts'
import type { EntryItem } from './entry-item.ts'
import type { ComposedFile } from './limits-of.ts'
import { type HeldSend, useHeldSend } from './use-held-send.ts'

const draftAfterMs = 800

interface Composer {
  text: string
  files: ComposedFile[]
  /** Ready answers under the message. */
  buttons: string[]
  isSending: boolean
  isDraftKept: boolean
  held: HeldSend
  /** What came that the author had not seen when he sent: the next Enter sends all the same. */
  newer: EntryItem[]
  write(text: string): void
  attach(files: File[]): void
  /** What a template gave, in place of what was being written. */
  take(filled: { text: string; attachments: ComposedFile[] }): void
  detach(id: string): void
  offer(buttons: string[]): void
  send(): void
  /** Keeps it on the server to be sent at a time. */
  schedule(at: Date): Promise<void>
}

export interface Target {
  /** Absent: the first message opens the exchange. */
  conversationId: string | undefined
  channelId: string | undefined
  isNote: boolean
  /** Only to whom is answered, to nobody else who takes part. */
  isToOne: boolean
}

/** What somebody writes to one client: draft on the server, files, five seconds to undo, and the answer to "something newer came". */
export function useComposer(cardId: string, { conversationId, channelId, isNote, isToOne }: Target): Composer {
  const [text, setText] = useState('')
  const [files, setFiles] = useState<ComposedFile[]>([])
  const [buttons, setButtons] = useState<string[]>([])
  const [isSending, setSending] = useState(false)
  const [newer, setNewer] = useState<EntryItem[]>([])
  const isStale = newer.length > 0
  const seen = useRef(liveState().cursor)
  const held = useHeldSend()
  const draft = useDraft(isNote ? undefined : conversationId, (kept) => setText((now) => now || kept))

  async function deliver(sendAt?: Date): Promise<void> {
    setSending(true)
    const cursor = isStale ? liveState().cursor : seen.current
    const attachments = files.map((file) => file.id)
    const message = { text, ...(attachments.length > 0 && { attachments }), ...(buttons.length > 0 && { buttons }) }
    const answer = { ...message, ...(cursor && { lastSeenCursor: cursor }), ...(isToOne && { cc: [] }) }
    try {
      if (isNote && conversationId) await api.conversations.note({ id: conversationId, text })
      else if (conversationId && sendAt) await api.scheduled.create({ id: conversationId, ...answer, sendAt: sendAt.toISOString() })
      else if (conversationId) await api.conversations.send({ id: conversationId, ...answer })
      else if (channelId) await api.conversations.start({ id: cardId, channelId, ...message })
      setText('')
      setFiles([])
      setButtons([])
      setNewer([])
      draft.forget()
      seen.current = liveState().cursor
    } catch (error) {
      const unseen = unseenIn(error)
      if (unseen.length > 0) setNewer(unseen)
      else tellError(error)
    } finally {
      setSending(false)
      await Promise.all(['timeline', 'waiting', 'conversations'].map((key) => queryClient.invalidateQueries({ queryKey: [key] })))
    }
  }

  function write(next: string): void {
    setText(next)
    draft.keep(next)
    if (!isStale) seen.current = liveState().cursor
  }

  return {
    text,
    files,
    buttons,
    isSending,
    isDraftKept: draft.isKept,
    held,
    newer,
    write,
    take(filled) {
      write(filled.text)
      setFiles((now) => [...now, ...filled.attachments])
    },
    attach(added) {
      for (const file of added)
        uploadAttachment(file).then((id) => setFiles((now) => [...now, { id, name: file.name, type: file.type, size: file.size }]), tellError)
    },
    detach: (id) => setFiles((now) => now.filter((file) => file.id !== id)),
    offer: setButtons,
    send() {
      if (isNote || isStale) void deliver()
      else held.hold(() => void deliver())
    },
    schedule: deliver,
  }
}

/** What a refused reply's author had not seen; empty for any other refusal. */
function unseenIn(error: unknown): EntryItem[] {
  if (!isRecord(error) || !isRecord(error.data) || error.data.code !== 'stale_reply' || !Array.isArray(error.data.unseen)) return []
  return error.data.unseen.filter(isEntry)
}

function isEntry(value: unknown): value is EntryItem {
  return isRecord(value) && typeof value.id === 'string' && typeof value.text === 'string'
}

/** The draft of one conversation, read when it is opened and kept a moment after the last key. */
function useDraft(conversationId: string | undefined, onKept: (text: string) => void) {
  const [isKept, setKept] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const tell = useRef(onKept)
  tell.current = onKept
  useEffect(() => {
    if (!conversationId) return
    api.drafts.get({ id: conversationId }).then(({ draft }) => draft && tell.current(draft.text), tellError)
    return () => clearTimeout(timer.current)
  }, [conversationId])
  return {
    isKept,
    keep(text: string) {
      clearTimeout(timer.current)
      setKept(false)
      if (conversationId)
        timer.current = setTimeout(() => api.drafts.save({ id: conversationId, text }).then(() => setKept(text !== ''), tellError), draftAfterMs)
    },
    forget() {
      clearTimeout(timer.current)
      setKept(false)
      if (conversationId) void api.drafts.discard({ id: conversationId }).catch(tellError)
    },
  }
}
