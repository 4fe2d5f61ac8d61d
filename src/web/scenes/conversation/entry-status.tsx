import { useTranslation } from 'react-i18next'
import { Chip, type Tone } from '../../components/page.tsx'
import { inLanguage } from '../../components/tell.ts'
import type { EntryItem } from './entry-item.ts'

const tones: Record<NonNullable<EntryItem['status']>, Tone> = {
  queued: 'plain',
  sending: 'plain',
  sent: 'plain',
  delivered: 'plain',
  read: 'plain',
  failed: 'late',
  unconfirmed: 'soon',
}

/** How far our message has got; a failure in the user's language, with what the vendor said under the pointer. */
export function EntryStatus({ entry }: { entry: EntryItem }) {
  const { t } = useTranslation()
  if (entry.status === null) return null
  const tone = tones[entry.status]
  const words = t(`status.${entry.status}`)
  if (tone === 'plain') return <span>{words}</span>
  return (
    <Chip tone={tone} {...(entry.error && { title: inLanguage(entry.error.words) ?? entry.error.message })}>
      {entry.error ? `${words}: ${inLanguage(entry.error.words) ?? t([`failure.${entry.error.code}`, 'failure.other'])}` : words}
    </Chip>
  )
}
