import { type DragEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import components from '../../components/components.module.css'
import { Chip } from '../../components/page.tsx'
import { shownReason } from '../../components/shown-reason.ts'
import { absoluteTime } from '../../components/when.ts'
import classes from './forms.module.css'
import type { Preview } from './mapping.ts'
import { MatchNote } from './match-note.tsx'
import { roleWords } from './role-words.ts'

/** The card that a request would make or find; a field dropped onto a line is taken for that. */
export function CardPreview({ preview, onDropField }: { preview: Preview; onDropField(path: string, role: string): void }) {
  const { t, i18n } = useTranslation()
  const language = i18n.language === 'en' ? 'en' : 'ru'
  const { card, match, sender } = preview
  const of = (kind: string) =>
    card.identities
      .filter((identity) => identity.kind === kind)
      .map(({ value }) => value)
      .join(', ')
  const rows: [string, string][] = [
    ['name', card.name ?? ''],
    ['phone', of('phone')],
    ['email', of('email')],
    ['topic', card.subject ?? ''],
    ['text', card.text],
    ['company', card.company ?? ''],
    ['submittedAt', card.at === null ? '' : absoluteTime(card.at)],
  ]
  const others = card.fields.filter(({ as }) => as === null)
  return (
    <section className={classes.card} aria-label={t('mapping.card')} aria-live="polite">
      <h2>
        {t('mapping.card')} · {t('mapping.cardOf', { sender: sender[language] })}
      </h2>
      <dl className={`${components.box} ${classes.slots}`}>
        {rows.map(([role, value]) => (
          <Slot key={role} role={role} onDropField={onDropField}>
            {value}
          </Slot>
        ))}
        <Extra title={t('mapping.consent')} value={card.consent ?? ''} />
        <Extra title={t('mapping.source')} value={Object.values(card.source).join(' · ')} />
        <Extra title={t('mapping.files')} value={card.files.join(', ')} />
        <Extra title={t('mapping.others')} value={others.map(({ name, value }) => `${name}: ${value}`).join(' · ')} />
      </dl>
      {card.reason && <NotApplied reason={card.reason} />}
      {match && <MatchNote match={match} />}
    </section>
  )
}

function Slot({ role, children, onDropField }: { role: string; children: string; onDropField(path: string, role: string): void }) {
  const { t } = useTranslation()
  const [isOver, setOver] = useState(false)
  const over = (event: DragEvent) => {
    event.preventDefault()
    setOver(true)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the list in the table is the one for keys
    <div
      data-over={isOver || undefined}
      onDragOver={over}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        onDropField(event.dataTransfer.getData('text/plain'), role)
      }}
    >
      <dt>{roleWords(role)}</dt>
      <dd>{children === '' ? <span className={classes.none}>{t('mapping.dropHere')}</span> : children}</dd>
    </div>
  )
}

function Extra({ title, value }: { title: string; value: string }): ReactNode {
  if (value === '') return null
  return (
    <div>
      <dt>{title}</dt>
      <dd>{value}</dd>
    </div>
  )
}

const tests = ['Tilda checks the address', 'a test request of Typeform', 'the request says that it is a test']

function NotApplied({ reason }: { reason: string }) {
  const { t } = useTranslation()
  return (
    <p>
      <Chip tone="soon">{tests.includes(reason) ? t('tests.chip') : shownReason(reason)}</Chip>{' '}
      {tests.includes(reason) ? t('mapping.testNote') : t('mapping.notApplied', { reason: shownReason(reason) })}
    </p>
  )
}
