import { Progress as Bar, Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import components from '../../components/components.module.css'
import classes from './import.module.css'
import type { ImportItem } from './import-item.ts'

/** How far a long step is; it needs neither this tab nor this person. */
export function Progress({ item, onStop }: { item: ImportItem; onStop(): void }) {
  const { t, i18n } = useTranslation()
  const share = item.total === 0 ? 100 : Math.round((100 * item.done) / item.total)
  return (
    <section className={classes.progress} role="status">
      <h2>{t(`import.${item.status}`)}</h2>
      <Bar value={share} animated={item.total === 0} size="lg" aria-label={t(`import.${item.status}`)} />
      <p>
        {item.done.toLocaleString(i18n.language)}
        {item.total > 0 && ` / ${item.total.toLocaleString(i18n.language)}`} {t('import.rows')}
      </p>
      <p className={components.hint}>{t('import.goesOn')}</p>
      {item.status !== 'undoing' && (
        <Button variant="default" onClick={onStop}>
          {t('import.stop')}
        </Button>
      )}
    </section>
  )
}
