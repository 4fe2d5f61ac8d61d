import { Button } from '@mantine/core'
import i18next from 'i18next'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { shownSize } from '../../components/shown-size.ts'
import { absoluteTime } from '../../components/when.ts'
import { withLaterTexts } from '../../i18n/i18n.ts'
import classes from './limits-bar.module.css'
import type { Held } from './use-limits.ts'
import type { Way } from './ways.ts'

const ApprovedPicker = lazy(withLaterTexts(() => import('./approved-picker.tsx').then((module) => ({ default: module.ApprovedPicker }))))

/** Above the field: how long one may still answer here, and what of the message the channel would not take. */
export function LimitsBar({ held, way, cardId }: { held: Held; way: Way; cardId: string }) {
  const { t } = useTranslation()
  const [isPicking, setPicking] = useState(false)
  const { limits, text, window, refused } = held
  if (!limits) return null
  const closesAt = limits.window?.closesAt
  const isShut = window.is === 'closed' || window.is === 'never'
  const noFiles = limits.noFiles && (i18next.language === 'en' ? limits.noFiles.en : limits.noFiles.ru)
  return (
    <>
      {(window.is === 'open' || window.is === 'soon') && (
        <p className={classes.line} data-tone={window.is} title={closesAt ? absoluteTime(closesAt) : undefined}>
          {t('limits.open', { left: shownLeft(window.leftMs) })}
        </p>
      )}
      {isShut && (
        <div className={classes.shut} role="note">
          <span className={classes.grow}>
            {t(window.is === 'never' ? 'limits.never' : 'limits.closed')} {t(limits.window?.templates ? 'limits.useTemplate' : 'limits.waitForHim')}
          </span>
          {limits.window?.templates && <Button onClick={() => setPicking(true)}>{t('limits.choose')}</Button>}
        </div>
      )}
      {refused.map(({ file, why }) => (
        <p key={file.id} className={classes.line} data-tone="late" role="alert">
          {why === 'none' && noFiles ? noFiles : t(`limits.file.${why}`, { name: file.name, most: shownSize(limits.attachmentBytes ?? 0) })}
        </p>
      ))}
      {text && (
        <p className={classes.line} data-tone={text.pieces > 1 ? 'soon' : 'open'} aria-live="polite">
          {t(`limits.${limits.textCounts}`, { n: text.length, most: text.limit })}
          {text.pieces > 1 && ` · ${t('limits.pieces', { n: text.pieces })}`}
        </p>
      )}
      {isPicking && (
        <Suspense>
          <ApprovedPicker way={way} cardId={cardId} onClose={() => setPicking(false)} />
        </Suspense>
      )}
    </>
  )
}

/** Hours and minutes, of more than two days only the days. */
function shownLeft(ms: number): string {
  const minutes = Math.max(1, Math.floor(ms / 60_000))
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60)]
  if (days >= 2) return i18next.t('limits.days', { n: days })
  return hours > 0 ? i18next.t('limits.hours', { h: hours, m: minutes % 60 }) : i18next.t('limits.minutes', { m: minutes })
}
