import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { Empty, SkeletonRows } from '../../components/page.tsx'
import classes from './rules.module.css'
import { TemplateForm } from './template-form.tsx'

export type TemplateItem = Awaited<ReturnType<typeof api.templates.list>>['items'][number]

interface TabProps {
  /** An id, or `new`. */
  chosen: string | undefined
  onChoose(id: string | undefined): void
}

export function TemplatesTab({ chosen, onChoose }: TabProps) {
  const { t } = useTranslation()
  const templates = useQuery({ queryKey: ['templates'], queryFn: () => api.templates.list({}) })
  const items = templates.data?.items ?? []
  const template = items.find(({ id }) => id === chosen)
  if (templates.isPending) return <SkeletonRows />
  if (items.length === 0 && chosen !== 'new')
    return (
      <Empty title={t('templates.empty')} hint={t('templates.emptyHint')}>
        <Button onClick={() => onChoose('new')}>{t('templates.create')}</Button>
      </Empty>
    )
  return (
    <div className={items.length > 0 ? classes.split : classes.alone}>
      <div className={classes.list} hidden={items.length === 0}>
        {items.map((item) => (
          <button key={item.id} type="button" className={classes.row} aria-pressed={item.id === chosen} onClick={() => onChoose(item.id)}>
            <span className={classes.head}>
              <b>{item.name}</b>
            </span>
            <p>{item.text}</p>
          </button>
        ))}
      </div>
      {(template || chosen === 'new') && (
        <TemplateForm key={chosen} template={template} variables={templates.data?.variables ?? []} onDone={onChoose} />
      )}
    </div>
  )
}
