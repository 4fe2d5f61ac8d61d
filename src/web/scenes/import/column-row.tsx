import { NativeSelect, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import components from '../../components/components.module.css'
import classes from './import.module.css'
import type { ImportItem, Target } from './import-item.ts'

const targets: Target[] = [
  'name',
  'lastName',
  'firstName',
  'middleName',
  'phone',
  'email',
  'company',
  'companyDomain',
  'companyField',
  'owner',
  'language',
  'field',
  'date',
  'ignore',
]
const named = new Set<Target>(['field', 'date', 'companyField'])
type Column = ImportItem['mapping'][number]

/** One column of the file: its head, what stands in it, and what it is. */
export function ColumnRow(props: { header: string; samples: string[]; column: Column; onChange(column: Column): void }) {
  const { header, samples, column, onChange } = props
  const { t } = useTranslation()
  return (
    <li className={classes.column} data-ignored={column.target === 'ignore'}>
      <div className={classes.inFile}>
        <b>{header}</b>
        <span className={components.hint}>{[...new Set(samples)].slice(0, 3).join(' · ') || t('import.empty')}</span>
      </div>
      <NativeSelect
        aria-label={header}
        value={column.target}
        onChange={(event) => onChange({ ...column, target: event.currentTarget.value as Target })}
        data={targets.map((target) => ({ value: target, label: t(`import.target.${target}`) }))}
      />
      {named.has(column.target) && (
        <TextInput
          key={column.name}
          aria-label={t('import.fieldName')}
          defaultValue={column.name}
          maxLength={200}
          onBlur={(event) => {
            const name = event.currentTarget.value.trim()
            if (name !== '' && name !== column.name) onChange({ ...column, name })
          }}
        />
      )}
    </li>
  )
}
