import { type RefObject, useEffect, useRef, useState } from 'react'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { uploadAttachment } from '../../api/upload-attachment.ts'
import { isRecord } from '../../components/is-record.ts'
import { tellError } from '../../components/tell.ts'
import { liveState } from '../../live/live-store.ts'
import type { EntryItem } from './entry-item.ts'
import type { ComposedFile } from './limits-of.ts'
import { useDraft } from './use-draft.ts'
import { type HeldSend, useHeldSend } from './use-held-send.ts'

interface Composer {
  text: string
  files: ComposedFile[]
  /** Files on their way up: nothing is sent before they are there. */
  uploading: { id: string; name: string }[]
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
  const [uploading, setUploading] = useState<Composer['uploading']>([])
  const [buttons, setButtons] = useState<string[]>([])
  const [isSending, setSending] = useState(false)
  const [newer, setNewer] = useState<EntryItem[]>([])
  const isStale = newer.length > 0
  const seen = useRef(liveState().cursor)
  const held = useHeldSend()
  const isHere = useIsHere()
  const draft = useDraft(conversationId, isNote, (kept) => setText((now) => now || kept))

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
      setFiles((now) => now.filter(({ id }) => !attachments.includes(id)))
      setButtons([])
      setNewer([])
      draft.forget()
      seen.current = liveState().cursor
    } catch (error) {
      const unseen = unseenIn(error)
      if (unseen.length > 0 && isHere.current) setNewer(unseen)
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
    uploading,
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
      for (const file of added) {
        const way = { id: crypto.randomUUID(), name: file.name }
        setUploading((now) => [...now, way])
        void uploadAttachment(file)
          .then((id) => setFiles((now) => [...now, { id, name: file.name, type: file.type, size: file.size }]), tellError)
          .finally(() => setUploading((now) => now.filter(({ id }) => id !== way.id)))
      }
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

/** False once the client was left: nobody is there to be shown anything. */
function useIsHere(): RefObject<boolean> {
  const isHere = useRef(true)
  useEffect(() => {
    isHere.current = true
    return () => {
      isHere.current = false
    }
  }, [])
  return isHere
}
