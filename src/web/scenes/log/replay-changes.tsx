import { useTranslation } from 'react-i18next'
import type { api } from '../../api/client.ts'
import components from '../../components/components.module.css'
import { Chip, type Tone } from '../../components/page.tsx'
import { shownKind } from './event-kind.ts'
import classes from './log.module.css'

type Change = Awaited<ReturnType<typeof api.deliveries.previewReplay>>['events'][number]

const tones: Record<Change['change'], Tone> = { new: 'good', changed: 'accent', gone: 'soon', same: 'plain' }

/** What a replay would do to each event, field by field. */
export function ReplayChanges({ events }: { events: Change[] }) {
  const { t } = useTranslation()
  return (
    <ul className={components.box}>
      {events.map((event) => (
        <li key={event.key} className={classes.change}>
          <div className={classes.foot}>
            <b>{shownKind(event.kind)}</b>
            <Chip tone={tones[event.change]}>{t(`replay.${event.change}`)}</Chip>
            <span className={components.grow}>{t(`replay.${event.change}Means`)}</span>
          </div>
          {event.fields.map(({ field, before, after }) => (
            <dl key={field} className={classes.diff}>
              <dt>{t(`replay.field.${field}`)}</dt>
              <dd data-side="before">{shown(before)}</dd>
              <dd data-side="after">{shown(after)}</dd>
            </dl>
          ))}
        </li>
      ))}
    </ul>
  )
}

const longest = 600

function shown(value: unknown): string {
  if (value === null || value === undefined || value === '') return '—'
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}
