import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import components from '../../components/components.module.css'
import { Page, SkeletonRows } from '../../components/page.tsx'
import { shownSize } from '../../components/shown-size.ts'
import { tellError } from '../../components/tell.ts'
import { CheckStep } from './check-step.tsx'
import { ColumnsStep } from './columns-step.tsx'
import { EndStep } from './end-step.tsx'
import { FailedStep } from './failed-step.tsx'
import { type Act, type ImportItem, isBusy, showImport, useImport } from './import-item.ts'
import { Progress } from './progress.tsx'
import { type Step, StepTrack } from './step-track.tsx'

const stepOf: Record<ImportItem['status'], Step> = {
  reading: 'file',
  failed: 'file',
  mapping: 'columns',
  checking: 'check',
  checked: 'check',
  running: 'run',
  done: 'run',
  cancelled: 'run',
  undoing: 'run',
  undone: 'run',
}

/** One file on its way in, step by step. */
export function OneImportScene() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { importId: id } = useParams({ from: '/shell/import/$importId' })
  const found = useImport(id)
  const act = useMutation({ mutationFn: (name: Act) => api.imports[name]({ id }), onSuccess: showImport, onError: tellError })
  const item = found.data
  const toList = (
    <Button variant="default" onClick={() => void navigate({ to: '/import' })}>
      {t('import.back')}
    </Button>
  )
  return (
    <Page title={item?.name ?? t('import.title')} hint={item ? facts(item) : ''} acts={toList}>
      <div className={components.body}>
        {!item && <SkeletonRows />}
        {item && <StepTrack at={stepOf[item.status]} />}
        {item && isBusy(item) && <Progress item={item} onStop={() => act.mutate('cancel')} />}
        {item?.status === 'failed' && <FailedStep item={item} />}
        {item?.status === 'mapping' && <ColumnsStep item={item} onCheck={() => act.mutate('check')} />}
        {item?.status === 'checked' && <CheckStep item={item} onStart={() => act.mutate('start')} />}
        {item && ['done', 'cancelled', 'undone'].includes(item.status) && <EndStep item={item} onAct={act.mutate} />}
      </div>
    </Page>
  )
}

const separators: Record<string, string> = { '\t': 'Tab' }

function facts({ format, encoding, separator, size }: ImportItem): string {
  const shown = separator === null ? null : (separators[separator] ?? `«${separator}»`)
  return [format?.toUpperCase(), encoding, shown, shownSize(size)].filter(Boolean).join(' · ')
}
