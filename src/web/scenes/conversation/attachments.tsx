import { Anchor } from '@mantine/core'
import { IconPaperclip } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { shownSize } from '../../components/shown-size.ts'
import { inLanguage } from '../../components/tell.ts'
import classes from './attachments.module.css'
import type { EntryItem } from './entry-item.ts'

type Attachment = EntryItem['attachments'][number]

/** What the hub gives as a picture; anything else comes as a download. */
const drawn = /^image\/(?:png|jpeg|gif|webp|avif|bmp)$/

/** Pictures as small ones that open in full, other files by name and size. */
export function Attachments({ attachments }: { attachments: Attachment[] }) {
  const isPicture = (attachment: Attachment) => attachment.state === 'ready' && drawn.test(attachment.type)
  const files = attachments.filter((attachment) => !isPicture(attachment))
  const pictures = attachments.filter(isPicture)
  return (
    <>
      {pictures.length > 0 && (
        <div className={classes.pictures}>
          {pictures.map(({ id, url, name }) => (
            <a key={id} href={url} target="_blank" rel="noreferrer" className={classes.picture} title={name}>
              <img src={url} alt={name} loading="lazy" />
            </a>
          ))}
        </div>
      )}
      {files.length > 0 && (
        <ul className={classes.files}>
          {files.map((attachment) => (
            <File key={attachment.id} attachment={attachment} />
          ))}
        </ul>
      )}
    </>
  )
}

function File({ attachment: { url, name, size, state, reason, words } }: { attachment: Attachment }) {
  const { t } = useTranslation()
  return (
    <li className={classes.file}>
      <IconPaperclip size={14} aria-hidden />
      {state === 'ready' ? (
        <Anchor href={url} download={name} size="sm">
          {name}
        </Anchor>
      ) : (
        name
      )}
      <span className={classes.dim}>
        {size !== null && shownSize(size)} {state === 'expected' && t('conversation.fetching')}
        {state === 'missing' && `${t('conversation.missing')}: ${inLanguage(words) ?? reason ?? ''}`}
      </span>
    </li>
  )
}
