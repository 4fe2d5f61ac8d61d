import { Button, Checkbox, SegmentedControl } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { tellError } from '../../components/tell.ts'
import classes from './import.module.css'
import { type ImportItem, showImport } from './import-item.ts'
import { ImportRows } from './import-rows.tsx'

type Change = Omit<Parameters<typeof api.imports.update>[0], 'id'>

/** What every row would be, and why; then the one button that does it. */
export function CheckStep({ item, onStart }: { item: ImportItem; onStart(): void }) {
  const { t, i18n } = useTranslation()
  const change = useMutation({
    mutationFn: (given: Change) => api.imports.update({ id: item.id, ...given }),
    onSuccess: showImport,
    onError: tellError,
  })
  const { verdicts } = item.counts
  const { options } = item
  const coming = (verdicts.new ?? 0) + (verdicts.matched ?? 0) + (options.doubtful === 'import' ? (verdicts.doubtful ?? 0) : 0)
  return (
    <ImportRows item={item}>
      <div className={classes.decide}>
        <div className={classes.choice}>
          <span>{t('import.onMatch')}</span>
          <SegmentedControl
            size="xs"
            aria-label={t('import.onMatch')}
            value={options.onMatch}
            onChange={(onMatch) => change.mutate({ options: { onMatch: onMatch === 'overwrite' ? 'overwrite' : 'fill' } })}
            data={[
              { value: 'fill', label: t('import.fill') },
              { value: 'overwrite', label: t('import.overwrite') },
            ]}
          />
        </div>
        {(verdicts.doubtful ?? 0) > 0 && (
          <Checkbox
            label={t('import.doubtfulToo')}
            checked={options.doubtful === 'import'}
            onChange={(event) => change.mutate({ options: { doubtful: event.currentTarget.checked ? 'import' : 'skip' } })}
          />
        )}
        <div className={classes.acts}>
          <Button variant="default" onClick={() => change.mutate({ mapping: item.mapping })}>
            {t('import.columnsAgain')}
          </Button>
          <Button disabled={coming === 0} loading={change.isPending} onClick={onStart}>
            {coming === 0 ? t('import.startNone') : t('import.start', { n: coming.toLocaleString(i18n.language) })}
          </Button>
        </div>
      </div>
    </ImportRows>
  )
}
