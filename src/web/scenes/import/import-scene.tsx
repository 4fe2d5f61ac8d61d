import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import components from '../../components/components.module.css'
import { Chip, Page, type Tone } from '../../components/page.tsx'
import { absoluteTime, shownTime } from '../../components/when.ts'
import { DropZone } from './drop-zone.tsx'
import classes from './import.module.css'
import type { ImportItem } from './import-item.ts'
import { StepTrack } from './step-track.tsx'

const tones: Partial<Record<ImportItem['status'], Tone>> = { done: 'good', failed: 'late', cancelled: 'soon', running: 'accent', undoing: 'accent' }

/** The old base comes in: a place to drop its table, and what came before. */
export function ImportScene() {
  const { t, i18n } = useTranslation()
  const navigate = useNavigate()
  const imports = useQuery({ queryKey: ['imports', 'list'], queryFn: () => api.imports.list({ limit: 50 }) })
  const items = imports.data?.items ?? []
  const open = (importId: string) => void navigate({ to: '/import/$importId', params: { importId } })
  return (
    <Page title={t('import.title')} hint={t('import.hint')}>
      <div className={components.body}>
        <StepTrack at="file" />
        <DropZone />
        {items.length > 0 && (
          <section className={classes.earlier}>
            <h2>{t('import.earlier')}</h2>
            <table className={components.table}>
              <tbody>
                {items.map((item) => (
                  <tr
                    key={item.id}
                    data-clickable
                    tabIndex={0}
                    onClick={() => open(item.id)}
                    onKeyDown={(event) => event.key === 'Enter' && open(item.id)}
                  >
                    <td>
                      <b>{item.name}</b>
                    </td>
                    <td>
                      <Chip tone={tones[item.status] ?? 'plain'}>{t(`import.status.${item.status}`)}</Chip>
                    </td>
                    <td>
                      {item.total.toLocaleString(i18n.language)} {t('import.rows')}
                    </td>
                    <td title={absoluteTime(item.createdAt)}>{shownTime(item.createdAt)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )}
      </div>
    </Page>
  )
}
