import { Button, SegmentedControl } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import components from '../../components/components.module.css'
import { Chip } from '../../components/page.tsx'
import { tellError } from '../../components/tell.ts'
import { ColumnRow } from './column-row.tsx'
import classes from './import.module.css'
import { type ImportItem, showImport } from './import-item.ts'
import { PreviewCards } from './preview-cards.tsx'

type Change = Omit<Parameters<typeof api.imports.update>[0], 'id'>

/** Which column is what, on the real rows of the file, and the cards that this makes. */
export function ColumnsStep({ item, onCheck }: { item: ImportItem; onCheck(): void }) {
  const { t } = useTranslation()
  const rows = useQuery({
    queryKey: ['imports', 'rows', item.id, 'preview', item.mapping],
    queryFn: () => api.imports.rows({ id: item.id, limit: 30 }),
  })
  const change = useMutation({
    mutationFn: (given: Change) => api.imports.update({ id: item.id, ...given }),
    onSuccess: showImport,
    onError: tellError,
  })
  const shown = rows.data?.items ?? []
  return (
    <div className={classes.columns}>
      <section className={classes.mapping}>
        <h2>{t('import.columnsTitle')}</h2>
        <p className={components.hint}>{t('import.columnsHint')}</p>
        {item.remembered && <Chip tone="good">{t('import.remembered')}</Chip>}
        <ul>
          {item.mapping.map((column, index) => (
            <ColumnRow
              // biome-ignore lint/suspicious/noArrayIndexKey: the columns of a file stand still
              key={index}
              header={item.headers[index] || t('import.noHeader', { n: index + 1 })}
              samples={shown.map(({ cells }) => cells[index] ?? '').filter(Boolean)}
              column={column}
              onChange={(changed) => change.mutate({ mapping: item.mapping.with(index, changed) })}
            />
          ))}
        </ul>
      </section>
      <aside className={classes.preview}>
        <div className={classes.choice}>
          <span>{t('import.stageNew')}</span>
          <SegmentedControl
            size="xs"
            aria-label={t('import.stageNew')}
            value={item.options.stage}
            onChange={(stage) => change.mutate({ options: { stage: stage === 'lead' ? 'lead' : 'client' } })}
            data={[
              { value: 'client', label: t('import.stageClient') },
              { value: 'lead', label: t('import.stageLead') },
            ]}
          />
        </div>
        <Button loading={change.isPending} onClick={onCheck}>
          {t('import.toCheck')}
        </Button>
        <p className={components.hint}>{t('import.checkHint')}</p>
        <h2>{t('import.preview')}</h2>
        <PreviewCards rows={shown.slice(0, 4)} />
      </aside>
    </div>
  )
}
