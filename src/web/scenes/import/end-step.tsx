import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import components from '../../components/components.module.css'
import { tellError } from '../../components/tell.ts'
import classes from './import.module.css'
import type { Act, ImportItem } from './import-item.ts'
import { ImportRows } from './import-rows.tsx'

/** What became of the file: counts, the way to the cards, and the way back. */
export function EndStep({ item, onAct }: { item: ImportItem; onAct(act: Act): void }) {
  const { t, i18n } = useTranslation()
  const navigate = useNavigate()
  const discard = useMutation({
    mutationFn: () => api.imports.discard({ id: item.id }),
    onSuccess: async () => {
      await navigate({ to: '/import' })
      await queryClient.invalidateQueries({ queryKey: ['imports'] })
    },
    onError: tellError,
  })
  const { outcomes, gone, restored, kept } = item.counts
  const shown = item.status === 'undone' ? { gone, restored, kept } : outcomes
  const title = { done: 'import.done', cancelled: 'import.cancelledTitle', undone: 'import.undone' }[String(item.status)] ?? 'import.done'
  return (
    <>
      <section className={classes.end}>
        <h2>{t(title)}</h2>
        {item.status === 'cancelled' && <p>{t('import.cancelledHint', { done: item.done, total: item.total })}</p>}
        <dl className={classes.counts}>
          {Object.entries(shown).map(([name, count]) => (
            <div key={name}>
              <dd>{count.toLocaleString(i18n.language)}</dd>
              <dt>{t(`import.${name}`)}</dt>
            </div>
          ))}
        </dl>
        {item.status === 'undone' && kept === 0 && <p>{t('import.allGone')}</p>}
        <div className={classes.acts}>
          {item.status === 'undone' ? (
            <Button variant="default" loading={discard.isPending} onClick={() => discard.mutate()}>
              {t('import.discard')}
            </Button>
          ) : (
            <>
              <Button onClick={() => void navigate({ to: '/clients' })}>{t('import.toClients')}</Button>
              {item.status === 'cancelled' && (
                <Button variant="default" onClick={() => onAct('start')}>
                  {t('import.goOn')}
                </Button>
              )}
              <Button variant="default" onClick={() => onAct('undo')}>
                {t('import.undo')}
              </Button>
            </>
          )}
        </div>
        {item.status !== 'undone' && <p className={components.hint}>{t('import.undoHint')}</p>}
      </section>
      {item.status === 'undone' && kept > 0 && (
        <>
          <h2>{t('import.keptTitle')}</h2>
          <ImportRows item={item} kept />
        </>
      )}
      {item.status !== 'undone' && <ImportRows item={item} />}
    </>
  )
}
