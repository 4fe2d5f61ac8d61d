import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './card.module.css'

/** A name that becomes a field when clicked. Enter keeps, Escape leaves it as it was. */
export function EditableName({ name, isEditable, onSave }: { name: string; isEditable: boolean; onSave(name: string): void }) {
  const { t } = useTranslation()
  const [isEditing, setEditing] = useState(false)
  const shown = name || t('waiting.unnamed')
  if (!isEditable) return <span className={classes.name}>{shown}</span>
  if (!isEditing) {
    return (
      <button type="button" className={classes.name} title={t('card.rename')} onClick={() => setEditing(true)}>
        {shown}
      </button>
    )
  }
  return (
    <TextInput
      aria-label={t('card.rename')}
      defaultValue={name}
      autoFocus
      onBlur={() => setEditing(false)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') setEditing(false)
        if (event.key !== 'Enter') return
        onSave(event.currentTarget.value.trim())
        setEditing(false)
      }}
    />
  )
}
