import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useChannels } from '../../api/names.ts'
import { Chip, SkeletonRows } from '../../components/page.tsx'
import { ItemList, type TabProps } from './item-list.tsx'
import { RuleForm } from './rule-form.tsx'
import type { RuleItem } from './rule-item.ts'

export function RulesTab({ chosen, onChoose }: TabProps) {
  const { t } = useTranslation()
  const channels = useChannels()
  const rules = useQuery({ queryKey: ['rules'], queryFn: () => api.rules.list({}) })
  const where = (item: RuleItem) => channels.find(({ id }) => id === item.channelId)?.name ?? t('answers.anywhere')
  if (rules.isPending) return <SkeletonRows />
  return (
    <ItemList
      items={rules.data?.items ?? []}
      chosen={chosen}
      onChoose={onChoose}
      empty={{ title: t('answers.empty'), hint: t('answers.emptyHint'), create: t('answers.create') }}
      chip={({ pausedAt }) => <Chip tone={pausedAt ? 'soon' : 'good'}>{pausedAt ? t('answers.paused') : t('answers.works')}</Chip>}
      row={(item) => (
        <>
          <p>{`${t(`answers.${item.trigger}`)} · ${where(item)}${item.source && ` · ${item.source}`}`}</p>
          <p>{t('answers.weekCount', { sent: item.sent, skipped: item.skipped })}</p>
        </>
      )}
      form={(rule) => <RuleForm key={chosen} rule={rule} onDone={onChoose} />}
    />
  )
}
