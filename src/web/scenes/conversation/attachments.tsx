import { Anchor } from '@mantine/core'
import { IconPaperclip } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { shownSize } from '../../components/shown-size.ts'
import classes from './conversation.module.css'
import type { EntryItem } from './timeline.tsx'

export function Attachments({ attachments }: { attachments: EntryItem['attachments'] }) {
  const { t } = useTranslation()
  return (
    <ul className={classes.meta}>
      {attachments.map((attachment) => (
        <li key={attachment.id}>
          <IconPaperclip size={14} aria-hidden />{' '}
          {attachment.state === 'ready' ? (
            <Anchor href={attachment.url} download={attachment.name} size="sm">
              {attachment.name}
            </Anchor>
          ) : (
            attachment.name
          )}{' '}
          {attachment.size !== null && shownSize(attachment.size)} {attachment.state === 'expected' && t('conversation.fetching')}
          {attachment.state === 'missing' && `${t('conversation.missing')}: ${attachment.reason ?? ''}`}
        </li>
      ))}
    </ul>
  )
}
