import { Button, Textarea } from '@mantine/core'
import { IconNote, IconPaperclip } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRight } from '../../api/session.ts'
import { MediumIcon } from '../../components/medium-icon.tsx'
import { Key } from '../../components/page.tsx'
import { useKeys } from '../../components/use-keys.ts'
import { tellTyping } from '../../live/connect-live.ts'
import { useLive } from '../../live/live-store.ts'
import classes from './conversation.module.css'
import type { ConversationView } from './conversation-head.tsx'
import { useComposer } from './use-composer.ts'

/** Where one answers: the channel he wrote on last, or a note to colleagues. Enter sends, Shift+Enter breaks the line. */
export function Composer({ cardId, conversations }: { cardId: string; conversations: ConversationView[] }) {
  const { t } = useTranslation()
  const { isLive } = useLive()
  const mayWrite = useRight('conversations.send')
  const field = useRef<HTMLTextAreaElement>(null)
  const ways = waysOf(conversations)
  const [chosen, setChosen] = useState<string>()
  const [isNote, setNote] = useState(false)
  const target = ways.find((way) => way.id === chosen) ?? ways[0]
  const noteTarget = target ?? conversations[0]
  const composer = useComposer({ cardId, conversationId: isNote ? noteTarget?.id : target?.id, isNote })
  useKeys({ r: () => field.current?.focus(), n: () => setNote(true) })
  if (!mayWrite || conversations.length === 0) return null
  const canSend = isLive && !composer.isSending && composer.text.trim() !== '' && (isNote ? noteTarget : target) !== undefined
  return (
    <div className={isNote ? `${classes.composer} ${classes.note}` : classes.composer}>
      <fieldset className={classes.ways} aria-label={t('conversation.via')}>
        {ways.map((way) => (
          <button
            key={way.id}
            type="button"
            className={classes.way}
            aria-pressed={!isNote && way.id === target?.id}
            onClick={() => {
              setNote(false)
              setChosen(way.id)
            }}
          >
            <MediumIcon medium={way.medium} />
            {way.subject || way.ourAddress || way.medium}
          </button>
        ))}
        {ways.length === 0 && <span>{t('conversation.noWay')}</span>}
        <button type="button" className={classes.way} aria-pressed={isNote} onClick={() => setNote(!isNote)}>
          <IconNote size={16} aria-hidden />
          {t('conversation.note')}
          <Key>N</Key>
        </button>
      </fieldset>
      {composer.unseen > 0 && <div className={classes.stale}>{t('error.stale')}</div>}
      {(ways.length > 0 || isNote) && (
        <Textarea
          ref={field}
          aria-label={isNote ? t('conversation.writeNote') : t('conversation.write')}
          placeholder={isNote ? t('conversation.writeNote') : t('conversation.write')}
          autosize
          minRows={2}
          maxRows={10}
          value={composer.text}
          onChange={(event) => {
            composer.write(event.currentTarget.value)
            tellTyping(true)
          }}
          onBlur={() => tellTyping(false)}
          onPaste={(event) => {
            if (event.clipboardData.files.length > 0) composer.attach([...event.clipboardData.files])
          }}
          onDragOver={(event) => event.preventDefault()}
          onDrop={(event) => {
            event.preventDefault()
            composer.attach([...event.dataTransfer.files])
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
            event.preventDefault()
            if (canSend) composer.send()
          }}
        />
      )}
      <div className={classes.actions}>
        {!isNote && ways.length > 0 && (
          <Button component="label" variant="subtle" color="gray" leftSection={<IconPaperclip size={16} />}>
            {t('conversation.attach')}
            <input type="file" multiple hidden onChange={(event) => composer.attach([...(event.currentTarget.files ?? [])])} />
          </Button>
        )}
        {composer.files.map((file) => (
          <button key={file.id} type="button" className={classes.word} onClick={() => composer.detach(file.id)}>
            {file.name} ×
          </button>
        ))}
        <span style={{ flex: 1 }} />
        <span className={classes.meta}>{isLive ? composer.isDraftKept && t('conversation.draft') : t('conversation.offline')}</span>
        {(ways.length > 0 || isNote) && (
          <Button disabled={!canSend} loading={composer.isSending} onClick={() => composer.send()}>
            {composer.unseen > 0 ? t('conversation.sendAnyway') : t('conversation.send')}
          </Button>
        )}
      </div>
    </div>
  )
}

/** Conversations that can carry an answer, the latest of each channel; a form has no way back. */
function waysOf(conversations: ConversationView[]): ConversationView[] {
  const seen = new Set<string>()
  return conversations.filter((conversation) => {
    if (conversation.medium === 'form' || seen.has(conversation.channelId)) return false
    seen.add(conversation.channelId)
    return true
  })
}
