import { Checkbox, NumberInput, PasswordInput, Select, TagsInput, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { DayField } from '../../components/day-field.tsx'
import { ChannelChoice } from './channel-choice.tsx'
import classes from './channels.module.css'
import { isShown, type SettingSchema, type SettingsSchema } from './settings-schema.ts'

export type Settings = Record<string, unknown>

interface Props {
  schema: SettingsSchema
  values: Settings
  onChange(values: Settings): void
  /** Names of seldom-touched fields that matter now all the same. */
  wanted?: string[]
  /** What follows from the required fields: shown beneath them. */
  note?: ReactNode
}

/** A form made from a connector's settings schema. What it cannot show as a field is left to the API. */
export function SettingsFields({ schema, values, onChange, wanted = [], note }: Props) {
  const { t } = useTranslation()
  const set = (name: string, value: unknown) => {
    const { [name]: _former, ...rest } = values
    onChange(value === '' || value === null || value === undefined ? rest : { ...rest, [name]: value })
  }
  const field = ([name, property]: [string, SettingSchema]) => (
    <Field
      key={name}
      name={name}
      property={property}
      isRequired={schema.required?.includes(name) ?? false}
      value={values[name]}
      onChange={(value) => set(name, value)}
    />
  )
  const fields = Object.entries(schema.properties ?? {}).filter(([, property]) => isShown(property))
  const isFolded = ([name, property]: [string, SettingSchema]) => property.advanced === true && !wanted.includes(name)
  const isRequired = ([name, property]: [string, SettingSchema]) => schema.required?.includes(name) === true && property.default === undefined
  const folded = fields.filter(isFolded)
  const usual = fields.filter((one) => !isFolded(one))
  return (
    <>
      {usual.filter(isRequired).map(field)}
      {note}
      {usual.filter((one) => !isRequired(one)).map(field)}
      {folded.length > 0 && (
        <details>
          <summary>{t('consent.further')}</summary>
          <div className={classes.form}>{folded.map(field)}</div>
        </details>
      )}
    </>
  )
}

function Field({
  name,
  property,
  isRequired,
  value,
  onChange,
}: {
  name: string
  property: SettingSchema
  isRequired: boolean
  value: unknown
  onChange(value: unknown): void
}) {
  const { i18n } = useTranslation()
  const isEnglish = i18n.language === 'en'
  const label = (isEnglish ? undefined : property.titleRu) ?? property.title ?? name
  const description = (isEnglish ? undefined : property.descriptionRu) ?? property.description
  const shared = { label, description, required: isRequired && property.default === undefined }
  const placeholder = property.default === undefined ? '' : String(property.default)
  if (property.secret)
    return <PasswordInput {...shared} autoComplete="off" value={String(value ?? '')} onChange={(event) => onChange(event.currentTarget.value)} />
  if (property.enum)
    return (
      <Select
        {...shared}
        data={property.enum.map((one) => ({ value: String(one), label: property.choices?.[String(one)]?.[isEnglish ? 'en' : 'ru'] ?? String(one) }))}
        placeholder={property.choices?.[placeholder]?.[isEnglish ? 'en' : 'ru'] ?? placeholder}
        clearable
        value={value === undefined ? null : String(value)}
        onChange={onChange}
      />
    )
  if (property.channelOf)
    return <ChannelChoice {...shared} medium={property.channelOf} value={value === undefined ? null : String(value)} onChange={onChange} />
  if (property.type === 'boolean')
    return (
      <Checkbox
        label={shared.label}
        description={shared.description}
        checked={value === undefined ? property.default === true : value === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    )
  if (property.type === 'integer' || property.type === 'number')
    return <NumberInput size="sm" {...shared} placeholder={placeholder} value={typeof value === 'number' ? value : ''} onChange={onChange} />
  if (property.type === 'array')
    return (
      <TagsInput
        size="sm"
        {...shared}
        value={Array.isArray(value) ? value.map(String) : []}
        onChange={(tags) => onChange(tags.length > 0 ? tags : undefined)}
      />
    )
  if (property.format === 'date') return <DayField {...shared} value={String(value ?? '')} onChange={onChange} />
  return (
    <TextInput
      type={property.format === 'color' ? 'color' : 'text'}
      {...shared}
      placeholder={placeholder}
      value={String(value ?? (property.format === 'color' ? placeholder : ''))}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
