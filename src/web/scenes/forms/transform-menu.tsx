import { ActionIcon, Button, NativeSelect, Popover, Textarea, TextInput } from '@mantine/core'
import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './forms.module.css'
import { type Mapped, type Preview, parseChoices, shownChoices } from './mapping.ts'

const dates = ['dmy', 'mdy', 'ymd'] as const

interface Props {
  field: Preview['fields'][number]
  mapped: Mapped | undefined
  onChange(change: { [part in 'country' | 'date' | 'choices']: Mapped[part] | undefined }): void
}

/** What is done to the value of a field before it is read: the country of a phone, the order of a date, choices in words. */
export function TransformMenu({ field, mapped, onChange }: Props) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const isSet = mapped?.country !== undefined || mapped?.date !== undefined || mapped?.choices !== undefined
  return (
    <Popover opened={isOpen} onChange={setOpen} trapFocus withinPortal position="bottom-end" shadow="md">
      <Popover.Target>
        <ActionIcon
          variant={isSet ? 'light' : 'subtle'}
          color={isSet ? 'accent' : 'gray'}
          aria-label={`${t('mapping.transform.open', { field: field.name })}${isSet ? `: ${t('mapping.transform.set')}` : ''}`}
          onClick={() => setOpen(!isOpen)}
        >
          <IconAdjustmentsHorizontal size={14} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <TransformForm
          field={field}
          mapped={mapped}
          onDone={(change) => {
            onChange(change)
            setOpen(false)
          }}
        />
      </Popover.Dropdown>
    </Popover>
  )
}

function TransformForm({ field, mapped, onDone }: Pick<Props, 'field' | 'mapped'> & { onDone: Props['onChange'] }) {
  const { t } = useTranslation()
  const [country, setCountry] = useState(mapped?.country ?? '')
  const [date, setDate] = useState(mapped?.date ?? '')
  const [choices, setChoices] = useState(shownChoices(mapped?.choices))
  return (
    <form
      className={classes.transform}
      onSubmit={(event) => {
        event.preventDefault()
        onDone({ country: country.trim().toUpperCase() || undefined, date: date || undefined, choices: parseChoices(choices) })
      }}
    >
      <b>{t('mapping.transform.title')}</b>
      <TextInput
        label={t('mapping.transform.country')}
        placeholder={t('mapping.transform.countryHint')}
        maxLength={2}
        value={country}
        onChange={(event) => setCountry(event.currentTarget.value)}
      />
      <NativeSelect
        size="sm"
        label={t('mapping.transform.date')}
        value={date}
        onChange={(event) => setDate(event.currentTarget.value)}
        data={[
          { value: '', label: t('mapping.transform.dates.none') },
          ...dates.map((value) => ({ value, label: t(`mapping.transform.dates.${value}`) })),
        ]}
      />
      <Textarea
        label={t('mapping.transform.choices')}
        description={t('mapping.transform.choicesHint')}
        placeholder={`${field.value.slice(0, 40)} = …`}
        autosize
        minRows={2}
        value={choices}
        onChange={(event) => setChoices(event.currentTarget.value)}
      />
      <Button type="submit">{t('mapping.transform.done')}</Button>
    </form>
  )
}
