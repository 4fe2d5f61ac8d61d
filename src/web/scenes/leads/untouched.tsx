import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { usePeople } from '../../api/names.ts'
import { useRight } from '../../api/session.ts'
import components from '../../components/components.module.css'
import { startOfDay } from '../../components/day-span.ts'
import { MoreButton } from '../../components/more-button.tsx'
import { Chip } from '../../components/page.tsx'
import { usePages } from '../../components/use-pages.ts'
import { shownDay, shownTime } from '../../components/when.ts'
import classes from './untouched.module.css'

/** Last night's list of clients and leads whom nobody touched: one line, until somebody wants to see them. */
export function Untouched() {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const head = useQuery({ queryKey: ['untouched', 'head'], queryFn: () => api.untouched.list({ limit: 1 }) })
  if (!head.data?.day || head.data.counts.clients + head.data.counts.leads === 0) return null
  return (
    <section className={classes.untouched} aria-label={t('untouched.title')}>
      <div className={classes.bar}>
        <Chip tone="soon">{t('untouched.show', head.data.counts)}</Chip>
        <Button size="compact-xs" variant="default" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {t(isOpen ? 'untouched.hide' : 'hand.open')}
        </Button>
      </div>
      {isOpen && <UntouchedRows day={head.data.day} />}
    </section>
  )
}

function UntouchedRows({ day }: { day: string }) {
  const { t } = useTranslation()
  const nameOf = usePeople()
  const maySee = useRight('untouched.settings')
  const settings = useQuery({ queryKey: ['untouched', 'settings'], queryFn: () => api.untouched.settings(), enabled: maySee })
  const list = usePages(['untouched', day], (cursor) => api.untouched.list({ limit: 50, day, ...(cursor && { cursor }) }))
  return (
    <>
      {settings.data && <p className={classes.hint}>{t('untouched.hint', { ...settings.data, day: shownDay(startOfDay(day).toISOString()) })}</p>}
      <div className={classes.scroll}>
        <table className={components.table}>
          <thead>
            <tr>
              <th>{t('untouched.who')}</th>
              <th aria-label={t('untouched.title')} />
              <th>{t('untouched.owner')}</th>
              <th>{t('untouched.last')}</th>
            </tr>
          </thead>
          <tbody>
            {list.items.map((item) => (
              <tr key={item.subjectId}>
                <td>
                  <Link to="/waiting/$cardId" params={{ cardId: item.cardId }} className={classes.client ?? ''}>
                    {item.name || t('waiting.unnamed')}
                  </Link>{' '}
                  {item.topic}
                </td>
                <td>
                  <Chip>{t(`untouched.${item.kind}`)}</Chip>
                </td>
                <td>{nameOf(item.ownerId) || t('waiting.nobody')}</td>
                <td>{shownTime(item.lastTouchAt)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <MoreButton {...(list.more && { more: list.more })} />
      </div>
    </>
  )
}
