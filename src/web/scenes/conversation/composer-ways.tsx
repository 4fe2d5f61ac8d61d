import { IconNote } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { CallNumber } from '../../components/call-number.tsx'
import { MediumIcon } from '../../components/medium-icon.tsx'
import { Key } from '../../components/page.tsx'
import classes from './conversation.module.css'
import type { Way } from './ways.ts'

interface ComposerWaysProps {
  /** E.164; shown where nothing but a call reaches him. */
  phone: string | undefined
  cardId: string
  ways: Way[]
  chosen: string | undefined
  isNote: boolean
  onChoose(key: string): void
  onNote(): void
}

export function ComposerWays({ phone, cardId, ways, chosen, isNote, onChoose, onNote }: ComposerWaysProps) {
  const { t } = useTranslation()
  return (
    <fieldset className={classes.ways} aria-label={t('conversation.via')}>
      {ways.map((way) => (
        <button key={way.key} type="button" className={classes.way} aria-pressed={way.key === chosen} onClick={() => onChoose(way.key)}>
          <MediumIcon medium={way.medium} />
          {way.name}
          {way.isHis && <span className={classes.sub}>{`· ${t('conversation.wroteHere')}`}</span>}
        </button>
      ))}
      {ways.length === 0 && <span className={classes.meta}>{t('conversation.noWay')}</span>}
      {ways.length === 0 && phone !== undefined && <CallNumber contactId={cardId} phone={phone} />}
      <span className={classes.grow} />
      <button type="button" className={classes.way} aria-pressed={isNote} onClick={onNote}>
        <IconNote size={16} aria-hidden />
        {t('conversation.note')}
        <Key>N</Key>
      </button>
    </fieldset>
  )
}
