import { SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './conversation.module.css'
import type { ConversationView } from './conversation-view.ts'

/** Where several take part: to all of them, or only to him who wrote last. */
export function ReplyTo({
  participants,
  isToAll,
  onChange,
}: {
  participants: ConversationView['participants']
  isToAll: boolean
  onChange(isToAll: boolean): void
}) {
  const { t } = useTranslation()
  const names = participants.map(({ name, value }) => name || value).join(', ')
  return (
    <div className={classes.replyTo}>
      <SegmentedControl
        size="xs"
        aria-label={t('replyTo.title')}
        value={isToAll ? 'all' : 'one'}
        onChange={(value) => onChange(value === 'all')}
        data={[
          { value: 'all', label: t('replyTo.all', { n: participants.length }) },
          { value: 'one', label: t('replyTo.one') },
        ]}
      />
      {isToAll && (
        <span className={classes.meta} title={names}>
          {names}
        </span>
      )}
    </div>
  )
}
