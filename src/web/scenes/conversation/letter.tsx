import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './conversation.module.css'
import type { EntryItem } from './entry-item.ts'
import { splitQuote } from './split-quote.ts'

/** A letter: its text first, the formatted one in a frame that may run nothing and fetch nothing until asked. */
export function Letter({ entry }: { entry: EntryItem }) {
  const { t } = useTranslation()
  const [shown, setShown] = useState<'text' | 'html' | 'images'>('text')
  const { own } = splitQuote(entry.text, entry.extra)
  const address = `/api/v1/entries/${entry.id}/html${shown === 'images' ? '?images=1' : ''}`
  return (
    <div className={classes.framed}>
      {shown === 'text' ? (
        <div>{own}</div>
      ) : (
        <iframe className={classes.letter} sandbox="allow-popups" referrerPolicy="no-referrer" title={entry.subject ?? ''} src={address} />
      )}
      <div className={classes.foot}>
        <button type="button" className={classes.word} onClick={() => setShown(shown === 'text' ? 'html' : 'text')}>
          {shown === 'text' ? t('conversation.html') : t('conversation.text')}
        </button>
        {shown === 'html' && (
          <button type="button" className={classes.word} onClick={() => setShown('images')}>
            {t('conversation.images')}
          </button>
        )}
      </div>
    </div>
  )
}
