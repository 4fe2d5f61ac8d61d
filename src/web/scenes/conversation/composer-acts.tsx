import { Button } from '@mantine/core'
import { IconPaperclip, IconSquareRoundedPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Key } from '../../components/page.tsx'
import classes from './conversation.module.css'
import { SendLater } from './send-later.tsx'
import type { useComposer } from './use-composer.ts'

interface ComposerActsProps {
  composer: ReturnType<typeof useComposer>
  isNote: boolean
  isLive: boolean
  canSend: boolean
  /** There is an exchange in which a message can wait for its time. */
  canWait: boolean
  /** Shows or hides the ready answers; absent: the channel has none. */
  onOffer: (() => void) | undefined
}

/** Below the text: files at the left, the state of the draft and sending at the right. */
export function ComposerActs({ composer, isNote, isLive, canSend, canWait, onOffer }: ComposerActsProps) {
  const { t } = useTranslation()
  return (
    <div className={classes.actions}>
      {!isNote && (
        <label className={classes.tool} title={t('conversation.attach')}>
          <IconPaperclip size={16} stroke={1.8} aria-hidden />
          <input
            type="file"
            multiple
            className={classes.file}
            aria-label={t('conversation.attach')}
            onChange={(event) => {
              composer.attach([...(event.currentTarget.files ?? [])])
              event.currentTarget.value = ''
            }}
          />
        </label>
      )}
      {onOffer && (
        <button type="button" className={classes.tool} title={t('limits.offer')} aria-label={t('limits.offer')} onClick={onOffer}>
          <IconSquareRoundedPlus size={16} stroke={1.8} aria-hidden />
        </button>
      )}
      {composer.files.map((file) => (
        <button
          key={file.id}
          type="button"
          className={classes.att}
          title={t('conversation.detach')}
          disabled={composer.held.leavesAt !== undefined}
          onClick={() => composer.detach(file.id)}
        >
          {file.name} ×
        </button>
      ))}
      {composer.uploading.map(({ id, name }) => (
        <span key={id} className={classes.att} aria-busy="true">
          {name} · {t('conversation.fetching')}
        </span>
      ))}
      <span className={classes.grow} />
      <span className={classes.meta}>{isLive ? composer.isDraftKept && t('conversation.draft') : t('conversation.offline')}</span>
      {canWait && <SendLater isDisabled={!canSend} onChoose={(at) => void composer.schedule(at)} />}
      <Button disabled={!canSend} loading={composer.isSending} onClick={() => composer.send()}>
        {composer.newer.length > 0 ? t('conversation.sendAnyway') : isNote ? t('conversation.saveNote') : t('conversation.send')}
        <Key>⏎</Key>
      </Button>
    </div>
  )
}
