import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { SkeletonRows } from '../../components/page.tsx'
import { ItemList, type TabProps } from './item-list.tsx'
import { TemplateForm } from './template-form.tsx'

export function TemplatesTab({ chosen, onChoose }: TabProps) {
  const { t } = useTranslation()
  const templates = useQuery({ queryKey: ['templates'], queryFn: () => api.templates.list({}) })
  if (templates.isPending) return <SkeletonRows />
  return (
    <ItemList
      items={templates.data?.items ?? []}
      chosen={chosen}
      onChoose={onChoose}
      empty={{ title: t('templates.empty'), hint: t('templates.emptyHint'), create: t('templates.create') }}
      row={({ text }) => <p>{text}</p>}
      form={(template) => <TemplateForm key={chosen} template={template} variables={templates.data?.variables ?? []} onDone={onChoose} />}
    />
  )
}
