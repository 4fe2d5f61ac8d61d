import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import components from '../../components/components.module.css'
import { MoreButton } from '../../components/more-button.tsx'
import { Chip, Empty, SkeletonRows, type Tone } from '../../components/page.tsx'
import { shownIdentity } from '../../components/shown-identity.ts'
import { usePages } from '../../components/use-pages.ts'
import classes from './import.module.css'
import type { ImportItem, Verdict } from './import-item.ts'
import { reasonWords, staysWords } from './reason-words.ts'

const verdicts: Verdict[] = ['new', 'matched', 'doubtful', 'broken']
const tones: Record<Verdict, Tone> = { new: 'good', matched: 'accent', doubtful: 'soon', broken: 'late' }

/** The rows of a file with what each is and why; those of one verdict at a key, and to be had as a file. `children` stand between the two. `kept`: those that an undoing left. */
export function ImportRows({ item, kept = false, children }: { item: ImportItem; kept?: boolean; children?: ReactNode }) {
  const { t, i18n } = useTranslation()
  const [chosen, setChosen] = useState<Verdict>()
  const filter = { ...(chosen && { verdict: chosen }), ...(kept && { kept: 'true' }) }
  const list = usePages(['imports', 'rows', item.id, filter, item.status], (cursor) =>
    api.imports.rows({ id: item.id, limit: 50, ...(cursor && { cursor }), ...filter }),
  )
  const href = `/api/v1/imports/${item.id}/rows.csv?${new URLSearchParams({ language: i18n.language, ...(chosen && { verdict: chosen }), ...(kept && { kept: 'true' }) })}`
  return (
    <section>
      {!kept && (
        <div className={classes.verdicts}>
          {verdicts.map((verdict) => (
            <button key={verdict} type="button" aria-pressed={chosen === verdict} onClick={() => setChosen(chosen === verdict ? undefined : verdict)}>
              <b className={components[tones[verdict]] ?? ''}>{(item.counts.verdicts[verdict] ?? 0).toLocaleString(i18n.language)}</b>
              <span>{t(`import.verdict.${verdict}`)}</span>
              <small>{t(`import.verdictHint.${verdict}`)}</small>
            </button>
          ))}
        </div>
      )}
      {children}
      <Button component="a" href={href} download variant="subtle" size="compact-sm">
        {t('import.download')}
      </Button>
      {list.isPending && <SkeletonRows />}
      {list.isEmpty && <Empty title={t('import.noneOfThese')} />}
      {list.items.length > 0 && (
        <table className={components.table}>
          <thead>
            <tr>
              <th>{t('import.row')}</th>
              <th>{t('import.who')}</th>
              <th>{t('import.reach')}</th>
              <th>{t('import.why')}</th>
            </tr>
          </thead>
          <tbody>
            {list.items.map(({ number, read, verdict, reasons, undone, contactId }) => (
              <tr key={number}>
                <td>{number}</td>
                <td>
                  {contactId && undone !== 'gone' ? (
                    <Link to="/waiting/$cardId" params={{ cardId: contactId }}>
                      <b>{read.name || read.company?.name || '—'}</b>
                    </Link>
                  ) : (
                    <b>{read.name || read.company?.name || '—'}</b>
                  )}
                </td>
                <td>{read.identities.map(shownIdentity).join(' · ')}</td>
                <td className={classes.why}>
                  {verdict && !kept && <Chip tone={tones[verdict]}>{t(`import.verdict.${verdict}`)}</Chip>}{' '}
                  {kept && undone ? staysWords(undone) : reasons.map(reasonWords).join('; ')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <MoreButton {...(list.more && { more: list.more })} />
    </section>
  )
}
