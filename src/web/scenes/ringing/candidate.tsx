import { useTranslation } from 'react-i18next'
import { MediumIcon } from '../../components/medium-icon.tsx'
import { Chip, Key } from '../../components/page.tsx'
import { shownDay, shownTime } from '../../components/when.ts'
import classes from './ringing.module.css'
import type { CandidateItem } from './use-candidates.ts'

interface CandidateProps {
  candidate: CandidateItem
  place: number
  isDisabled: boolean
  onChoose(): void
}

/** One client whose call it may be: why, what was said last, what we owe him. */
export function Candidate({ candidate, place, isDisabled, onChoose }: CandidateProps) {
  const { t } = useTranslation()
  const { name, company, isChosen, evidence, since, touches, tasks } = candidate
  const [promise] = tasks
  return (
    <button type="button" className={classes.candidate} data-chosen={isChosen} aria-pressed={isChosen} disabled={isDisabled} onClick={onChoose}>
      <span className={classes.line}>
        <Key>{place}</Key>
        <b className={classes.name}>{[name || t('waiting.unnamed'), company].filter(Boolean).join(', ')}</b>
        {promise ? (
          <Chip tone="soon" title={promise.title}>
            {t('ring.promised', { title: promise.title, time: shownTime(promise.dueAt) })}
          </Chip>
        ) : (
          <Chip>{t('ring.nothingPromised')}</Chip>
        )}
      </span>
      <span className={classes.why} data-claimed={evidence === 'claimed'}>
        {evidence === null ? t('ring.newNumber') : t('ring.because', { how: t(`evidence.${evidence}`), date: since ? shownDay(since) : '' })}
      </span>
      {touches.map((touch) => (
        <span key={`${touch.at} ${touch.kind}`} className={classes.touch}>
          <MediumIcon medium={touch.medium ?? touch.kind} />
          <span className={classes.when}>{shownTime(touch.at)}</span>
          <span className={classes.said}>{touch.text || t(touch.direction === 'outbound' ? 'ring.weCalled' : 'ring.calledUs')}</span>
        </span>
      ))}
    </button>
  )
}
