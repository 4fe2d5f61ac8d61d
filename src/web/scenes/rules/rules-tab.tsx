import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useChannels } from '../../api/names.ts'
import { Chip, Empty, SkeletonRows } from '../../components/page.tsx'
import { RuleForm } from './rule-form.tsx'
import classes from './rules.module.css'

export type RuleItem = Awaited<ReturnType<typeof api.rules.list>>['items'][number]

interface TabProps {
  /** An id, or `new`. */
  chosen: string | undefined
  onChoose(id: string | undefined): void
}

export function RulesTab({ chosen, onChoose }: TabProps) {
  const { t } = useTranslation()
  const channels = useChannels()
  const rules = useQuery({ queryKey: ['rules'], queryFn: () => api.rules.list({}) })
  const items = rules.data?.items ?? []
  const rule = items.find(({ id }) => id === chosen)
  const where = (item: RuleItem) => channels.find(({ id }) => id === item.channelId)?.name ?? t('answers.anywhere')
  if (rules.isPending) return <SkeletonRows />
  if (items.length === 0 && chosen !== 'new')
    return (
      <Empty title={t('answers.empty')} hint={t('answers.emptyHint')}>
        <Button onClick={() => onChoose('new')}>{t('answers.create')}</Button>
      </Empty>
    )
  return (
    <div className={items.length > 0 ? classes.split : classes.alone}>
      <div className={classes.list} hidden={items.length === 0}>
        {items.map((item) => (
          <button key={item.id} type="button" className={classes.row} aria-pressed={item.id === chosen} onClick={() => onChoose(item.id)}>
            <span className={classes.head}>
              <b>{item.name}</b>
              <Chip tone={item.pausedAt ? 'soon' : 'good'}>{item.pausedAt ? t('answers.paused') : t('answers.works')}</Chip>
            </span>
            <p>{`${t(`answers.${item.trigger}`)} · ${where(item)}${item.source && ` · ${item.source}`}`}</p>
            <p>{t('answers.weekCount', { sent: item.sent, skipped: item.skipped })}</p>
          </button>
        ))}
      </div>
      {(rule || chosen === 'new') && <RuleForm key={chosen} rule={rule} onDone={onChoose} />}
    </div>
  )
}
