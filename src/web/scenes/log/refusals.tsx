import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useRight } from '../../api/session.ts'
import components from '../../components/components.module.css'
import { Chip } from '../../components/page.tsx'
import { shownReason } from '../../components/shown-reason.ts'
import { absoluteTime, shownTime } from '../../components/when.ts'
import classes from './log.module.css'

/** A mistyped secret loses leads unseen: what was refused in the last day stands here. */
export function Refusals({ nameOf }: { nameOf(channelId: string): string }) {
  const { t } = useTranslation()
  const maySee = useRight('refusals.list')
  const refusals = useQuery({ queryKey: ['refusals'], queryFn: () => api.refusals.list({ limit: 50 }), enabled: maySee })
  const items = refusals.data?.items ?? []
  return (
    <div className={classes.refusals}>
      <b>{t('log.refusals')}</b> {items.length > 0 && <Chip tone="late">{items.length}</Chip>}{' '}
      <span className={components.hint}>{items.length > 0 ? t('log.refusalsHint') : t('log.noRefusals')}</span>
      {items.map((refusal) => (
        <p key={refusal.id} className={classes.foot}>
          <time title={absoluteTime(refusal.at)}>{shownTime(refusal.at)}</time>
          <span>{refusal.channelId ? nameOf(refusal.channelId) : refusal.connector}</span>
          <span className={classes.wrong}>{shownReason(refusal.reason)}</span>
          <code>{`…${refusal.key}`}</code>
        </p>
      ))}
    </div>
  )
}
