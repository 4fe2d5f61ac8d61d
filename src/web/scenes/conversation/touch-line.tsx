import { Button, Modal } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePeople } from '../../api/names.ts'
import { useRight } from '../../api/session.ts'
import { MediumIcon } from '../../components/medium-icon.tsx'
import { Chip } from '../../components/page.tsx'
import { TouchForm, undoTouch } from '../../components/touch-form.tsx'
import { touchMedia } from '../../components/touch-words.ts'
import { absoluteTime, shownTime } from '../../components/when.ts'
import classes from './conversation.module.css'
import type { EntryItem } from './entry-item.ts'
import { TouchHistory } from './touch-history.tsx'

/** What was logged by hand: how, who began, what came of it; it can be corrected and taken back. */
export function TouchLine({ entry }: { entry: EntryItem }) {
  const { t } = useTranslation()
  const nameOf = usePeople()
  const may = useRight('touches.change')
  const [isOpen, setOpen] = useState(false)
  const [isHistoryOpen, setHistoryOpen] = useState(false)
  const medium = touchMedia.find((one) => one === entry.medium)
  const isGone = entry.deletedAt !== null
  const words = medium ? t(`touch.${medium}`) : (entry.medium ?? '')
  const side = entry.direction === 'outbound' ? `${classes.entry} ${classes.ours}` : classes.entry
  return (
    <article className={side} aria-label={words}>
      <div className={classes.meta}>
        <MediumIcon medium={entry.medium ?? ''} />
        <b>{words}</b>
        <Chip>{t('touch.byHand')}</Chip>
        <span>{nameOf(entry.authorId)}</span>
        {typeof entry.extra?.disposition === 'string' && <Chip tone="accent">{entry.extra.disposition}</Chip>}
        <time dateTime={entry.occurredAt} title={absoluteTime(entry.occurredAt)}>
          {shownTime(entry.occurredAt)}
        </time>
        {(entry.editedAt || isGone) && (
          <button type="button" className={classes.quiet} aria-expanded={isHistoryOpen} onClick={() => setHistoryOpen(!isHistoryOpen)}>
            {t(isGone ? 'touch.what' : 'conversation.edited')}
          </button>
        )}
        {may && !isGone && (
          <>
            <Button size="compact-xs" variant="subtle" onClick={() => setOpen(true)}>
              {t('touch.change')}
            </Button>
            <Button size="compact-xs" variant="subtle" onClick={() => void undoTouch(entry.id)}>
              {t('touch.undo')}
            </Button>
          </>
        )}
      </div>
      {(isGone || entry.text || entry.subject) && (
        <div className={classes.bubble}>{isGone ? t('touch.cancelled') : [entry.subject, entry.text].filter(Boolean).join('\n')}</div>
      )}
      {isHistoryOpen && <TouchHistory entry={entry} />}
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={t('touch.change')}
        size="lg"
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <TouchForm logged={entry} contactOf={() => Promise.resolve(entry.cardId ?? '')} onDone={() => setOpen(false)} />
      </Modal>
    </article>
  )
}
