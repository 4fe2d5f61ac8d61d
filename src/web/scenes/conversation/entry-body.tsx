import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isRecord } from '../../components/is-record.ts'
import { Chip } from '../../components/page.tsx'
import { CallLine } from './call-line.tsx'
import classes from './conversation.module.css'
import type { EntryItem } from './entry-item.ts'
import { Letter } from './letter.tsx'
import { splitQuote } from './split-quote.ts'

export function EntryBody({ entry }: { entry: EntryItem }) {
  if (entry.kind === 'note') return <div className={classes.paper}>{entry.text}</div>
  if (entry.kind === 'call' && entry.callId) return <CallLine callId={entry.callId} cardId={entry.cardId} />
  if (entry.kind === 'form') return <FormBody entry={entry} />
  if (entry.html) return <Letter entry={entry} />
  return entry.text === '' ? null : <TextBody entry={entry} />
}

function TextBody({ entry }: { entry: EntryItem }) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const { own, quote } = splitQuote(entry.text, entry.extra)
  return (
    <div className={classes.bubble}>
      {isOpen ? entry.text : own}
      {quote !== '' && !isOpen && (
        <>
          {' '}
          <button type="button" className={classes.word} onClick={() => setOpen(true)}>
            {t('conversation.quote')}
          </button>
        </>
      )}
    </div>
  )
}

const saysWho = new Set(['name', 'firstName', 'lastName', 'phone', 'email', 'company'])

function FormBody({ entry }: { entry: EntryItem }) {
  const { t } = useTranslation()
  const source = [...Object.values(entry.source?.utm ?? {}), entry.source?.page, entry.source?.referrer].filter((part) => typeof part === 'string')
  const fields = Array.isArray(entry.extra?.fields) ? entry.extra.fields.filter(isField) : []
  const who = fields.filter((field) => field.as !== undefined && saysWho.has(field.as)).map((field) => field.value)
  return (
    <div className={classes.framed}>
      <div>
        {entry.subject && <b>{entry.subject}</b>}
        {[entry.subject ? '' : undefined, ...(who.length > 0 ? who : [entry.from])].filter((part) => part !== undefined && part !== null).join(' · ')}
        {entry.text && entry.text !== entry.subject && `\n${entry.text}`}
      </div>
      <FormFields fields={fields.filter((field) => field.as === undefined && !source.includes(field.value))} />
      <GivenConsent consent={entry.extra?.consent} />
      {source.length > 0 && (
        <div className={classes.foot}>
          {t('conversation.source')}
          {source.map((part) => (
            <Chip key={part} title={part}>
              {part}
            </Chip>
          ))}
        </div>
      )}
    </div>
  )
}

/** What the visitor agreed to, in the words he saw, with their version and where he sat. */
function GivenConsent({ consent }: { consent: unknown }) {
  const { t } = useTranslation()
  if (!isRecord(consent) || typeof consent.text !== 'string') return null
  const proof = [
    typeof consent.version === 'string' && t('conversation.consentVersion', { version: consent.version }),
    typeof consent.address === 'string' && t('conversation.consentFrom', { address: consent.address }),
  ].filter(Boolean)
  return (
    <div className={classes.foot} title={[consent.text, ...proof].join(' · ')}>
      {t('conversation.consent')}
      <Chip>{consent.text}</Chip>
      {proof.join(' · ')}
    </div>
  )
}

function FormFields({ fields }: { fields: Field[] }) {
  if (fields.length === 0) return null
  return (
    <div className={classes.foot}>
      {fields.map((field) => (
        <Chip key={field.name} title={`${field.name}: ${field.value}`}>{`${field.name}: ${field.value}`}</Chip>
      ))}
    </div>
  )
}

interface Field {
  name: string
  value: string
  as?: string
}

function isField(field: unknown): field is Field {
  return typeof field === 'object' && field !== null && 'name' in field && 'value' in field
}
