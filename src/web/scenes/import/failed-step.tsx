import { useTranslation } from 'react-i18next'
import { DropZone } from './drop-zone.tsx'
import classes from './import.module.css'
import type { ImportItem } from './import-item.ts'

/** What is wrong with the file, what to do, and a place for the better one. */
export function FailedStep({ item }: { item: ImportItem }) {
  const { t } = useTranslation()
  const code = item.error?.code ?? 'not_a_table'
  return (
    <>
      <section className={classes.fault} role="alert">
        <b>{t(`import.failed.${code}`, { line: item.error?.line ?? '', defaultValue: t('import.failed.not_a_table') })}</b>
        <p>{t('import.failed.kept')}</p>
      </section>
      <DropZone />
    </>
  )
}
