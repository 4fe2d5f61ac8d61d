import { Checkbox, NumberInput, PasswordInput, Select, TagsInput, TextInput } from '@mantine/core'
import { isShown, type SettingSchema, type SettingsSchema } from './settings-schema.ts'

export type Settings = Record<string, unknown>

/** A form made from a connector's settings schema. What it cannot show as a field is left to the API. */
export function SettingsFields({ schema, values, onChange }: { schema: SettingsSchema; values: Settings; onChange(values: Settings): void }) {
  const set = (name: string, value: unknown) => {
    const { [name]: _former, ...rest } = values
    onChange(value === '' || value === null || value === undefined ? rest : { ...rest, [name]: value })
  }
  return Object.entries(schema.properties ?? {})
    .filter(([, property]) => isShown(property))
    .map(([name, property]) => (
      <Field
        key={name}
        name={name}
        property={property}
        isRequired={schema.required?.includes(name) ?? false}
        value={values[name]}
        onChange={(value) => set(name, value)}
      />
    ))
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
  const shared = { label: property.title ?? name, description: property.description, required: isRequired && property.default === undefined }
  const placeholder = property.default === undefined ? '' : String(property.default)
  if (property.secret)
    return <PasswordInput {...shared} autoComplete="off" value={String(value ?? '')} onChange={(event) => onChange(event.currentTarget.value)} />
  if (property.enum)
    return (
      <Select
        {...shared}
        data={property.enum.map(String)}
        placeholder={placeholder}
        clearable
        value={value === undefined ? null : String(value)}
        onChange={onChange}
      />
    )
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
  return <TextInput {...shared} placeholder={placeholder} value={String(value ?? '')} onChange={(event) => onChange(event.currentTarget.value)} />
}
