import { Textarea } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useChannels, useReaches } from '../../api/names.ts'
import { useRight } from '../../api/session.ts'
import { useKeys } from '../../components/use-keys.ts'
import { tellTyping } from '../../live/connect-live.ts'
import { useLive } from '../../live/live-store.ts'
import { ComposerActs } from './composer-acts.tsx'
import { ComposerButtons } from './composer-buttons.tsx'
import { ComposerWays } from './composer-ways.tsx'
import classes from './conversation.module.css'
import type { ContactView, ConversationView } from './conversation-view.ts'
import { HeldBar } from './held-bar.tsx'
import { LimitsBar } from './limits-bar.tsx'
import { Newer } from './newer.tsx'
import { OptOutNote } from './opt-out-note.tsx'
import { ReplyTo } from './reply-to.tsx'
import { ScheduledBar } from './scheduled-bar.tsx'
import { TemplateList } from './template-list.tsx'
import { useComposer } from './use-composer.ts'
import { useLimits } from './use-limits.ts'
import { useTemplates } from './use-templates.ts'
import { waysOf } from './ways.ts'

interface ComposerProps {
  cardId: string
  contact: ContactView | undefined
  conversations: ConversationView[]
}

/** Where one answers: the channel he wrote on last, another that reaches him, or a note to colleagues. Enter sends, Shift+Enter breaks the line. */
export function Composer({ cardId, contact, conversations }: ComposerProps) {
  const { t } = useTranslation()
  const { isLive } = useLive()
  const mayWrite = useRight('conversations.send')
  const field = useRef<HTMLTextAreaElement>(null)
  const ways = waysOf({ contact, conversations, channels: useChannels(), reaches: useReaches() })
  const [chosen, setChosen] = useState<string>()
  const [isNote, setNote] = useState(false)
  const [begun, setBegun] = useState<string>()
  const way = ways.find(({ key }) => key === (chosen ?? begun)) ?? ways[0]
  const conversationId = isNote ? (way?.conversationId ?? conversations[0]?.id) : way?.conversationId
  const [isToAll, setToAll] = useState(true)
  const [isOffering, setOffering] = useState(false)
  const several = isNote ? [] : severalIn(conversations.find(({ id }) => id === conversationId))
  const isToOne = several.length > 0 && !isToAll
  const composer = useComposer(cardId, { conversationId, channelId: way?.channelId, isNote, isToOne })
  const limits = useLimits(way, composer, isNote)
  const templates = useTemplates(isNote ? '' : composer.text, cardId, composer.take)
  useKeys({ r: () => field.current?.focus(), n: () => setNote(true) })
  // What is half written stays on its channel, also when the client now writes on another.
  useEffect(() => setBegun((key) => (composer.text === '' ? undefined : (key ?? way?.key))), [composer.text, way?.key])
  useEffect(() => {
    if (isNote) field.current?.focus()
  }, [isNote])
  if (!mayWrite) return null
  const hasPlace = isNote ? conversationId !== undefined : way !== undefined
  const isHeld = composer.held.leavesAt !== undefined
  const hasContent = composer.text.trim() !== '' || (!isNote && composer.files.length > 0)
  const isReady = hasContent && composer.uploading.length === 0
  const canSend = isLive && hasPlace && isReady && !limits.isBlocked && !composer.isSending && !isHeld
  const prompt = isNote ? t('conversation.writeNote') : t('conversation.write')
  return (
    <div className={isNote ? `${classes.composer} ${classes.note}` : classes.composer}>
      <ComposerWays
        phone={contact?.identities.find(({ kind }) => kind === 'phone')?.value}
        cardId={cardId}
        ways={ways}
        chosen={isNote ? undefined : way?.key}
        isNote={isNote}
        onChoose={(key) => {
          setNote(false)
          setChosen(key)
        }}
        onNote={() => setNote(!isNote)}
      />
      {!isNote && <OptOutNote cardId={cardId} />}
      <ScheduledBar cardId={cardId} />
      {several.length > 0 && <ReplyTo participants={several} isToAll={isToAll} onChange={setToAll} />}
      {templates.isOpen && <TemplateList templates={templates} />}
      {composer.newer.length > 0 && <Newer entries={composer.newer} />}
      {isHeld && <HeldBar held={composer.held} />}
      {!isNote && way && <LimitsBar held={limits} way={way} cardId={cardId} />}
      {hasPlace && (
        <div className={classes.write}>
          <Textarea
            ref={field}
            variant="unstyled"
            aria-label={prompt}
            placeholder={prompt}
            autosize
            minRows={1}
            maxRows={10}
            readOnly={isHeld || composer.isSending}
            value={composer.text}
            onChange={(event) => {
              composer.write(event.currentTarget.value)
              tellTyping(true)
            }}
            onBlur={() => tellTyping(false)}
            onPaste={(event) => !isNote && event.clipboardData.files.length > 0 && composer.attach([...event.clipboardData.files])}
            onDragOver={(event) => event.preventDefault()}
            onDrop={(event) => {
              event.preventDefault()
              if (!isNote) composer.attach([...event.dataTransfer.files])
            }}
            onKeyDown={(event) => {
              if (templates.onKey(event)) return
              if (event.altKey && event.code === 'KeyN') {
                event.preventDefault()
                setNote(!isNote)
              }
              if (event.key === 'Escape') event.currentTarget.blur()
              if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
              event.preventDefault()
              if (canSend) composer.send()
              else if (isHeld) composer.held.release()
            }}
          />
          {!isNote && limits.limits?.buttons && isOffering && (
            <ComposerButtons buttons={composer.buttons} most={limits.limits.buttons} onChange={composer.offer} />
          )}
          <ComposerActs
            composer={composer}
            isNote={isNote}
            isLive={isLive}
            canSend={canSend}
            canWait={conversationId !== undefined && !isNote}
            onOffer={!isNote && limits.limits?.buttons ? () => setOffering(!isOffering) : undefined}
          />
        </div>
      )}
    </div>
  )
}

/** Everybody in an exchange that has more than one: only letters have. */
function severalIn(conversation: ConversationView | undefined): ConversationView['participants'] {
  const people = conversation?.medium === 'email' ? conversation.participants : []
  return people.length > 1 ? people : []
}
