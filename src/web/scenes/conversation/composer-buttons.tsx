import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './composer-buttons.module.css'

interface ComposerButtonsProps {
  buttons: string[]
  most: { count: number; length: number }
  onChange(buttons: string[]): void
}

/** Ready answers under the message: typed one by one, taken away by a click. */
export function ComposerButtons({ buttons, most, onChange }: ComposerButtonsProps) {
  const { t } = useTranslation()
  const [next, setNext] = useState('')
  const caption = next.trim()
  const isFit = caption !== '' && !buttons.includes(caption)
  function add(): void {
    if (!isFit) return
    onChange([...buttons, caption])
    setNext('')
  }
  return (
    <div className={classes.row}>
      {buttons.map((button) => (
        <button
          key={button}
          type="button"
          className={classes.button}
          title={t('conversation.detach')}
          onClick={() => onChange(buttons.filter((one) => one !== button))}
        >
          {button} ×
        </button>
      ))}
      {buttons.length < most.count && (
        <input
          className={classes.input}
          aria-label={t('limits.button')}
          placeholder={t('limits.button')}
          maxLength={most.length}
          value={next}
          onChange={(event) => setNext(event.currentTarget.value)}
          onBlur={add}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            add()
          }}
        />
      )}
      <span className={classes.hint}>{t('limits.buttons', { n: buttons.length, most: most.count, length: most.length })}</span>
    </div>
  )
}

/** Ready answers that stood under a message. */
export function SentButtons({ buttons }: { buttons: unknown }) {
  if (!Array.isArray(buttons) || buttons.length === 0) return null
  return (
    <span className={classes.row}>
      {buttons.map(String).map((button) => (
        <span key={button} className={classes.sent}>
          {button}
        </span>
      ))}
    </span>
  )
}
