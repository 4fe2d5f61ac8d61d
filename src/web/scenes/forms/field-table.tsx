import { NativeSelect } from '@mantine/core'
import { IconGripVertical } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import components from '../../components/components.module.css'
import { Chip } from '../../components/page.tsx'
import classes from './forms.module.css'
import { type Mapping, type Preview, withField } from './mapping.ts'
import { roleWords } from './role-words.ts'
import { TransformMenu } from './transform-menu.tsx'

type Field = Preview['fields'][number]

interface Props {
  fields: Field[]
  roles: string[]
  mapping: Mapping
  onChange(mapping: Mapping): void
}

/** Every field that came, what it is taken for and why; each can be dragged onto the card, or chosen from the list. */
export function FieldTable({ fields, roles, mapping, onChange }: Props) {
  const { t } = useTranslation()
  return (
    <table className={classes.fields}>
      <thead>
        <tr>
          <th>{t('mapping.field')}</th>
          <th>{t('mapping.value')}</th>
          <th>{t('mapping.means')}</th>
        </tr>
      </thead>
      <tbody>
        {fields.map((field) => (
          <tr key={field.path} draggable onDragStart={(event) => event.dataTransfer.setData('text/plain', field.path)}>
            <td>
              <span className={classes.name} title={field.path}>
                <IconGripVertical size={14} aria-hidden />
                <span className={components.mono}>{field.name}</span>
              </span>
            </td>
            <td className={classes.sample} title={field.value}>
              {field.value}
            </td>
            <td>
              <div className={classes.means}>
                <NativeSelect
                  size="xs"
                  aria-label={`${t('mapping.means')}: ${field.name}`}
                  value={mapping[field.path]?.as ?? ''}
                  onChange={(event) => onChange(withField(mapping, field.path, { as: event.currentTarget.value || undefined }))}
                  data={[
                    {
                      value: '',
                      label: guessOf(field, mapping)
                        ? t('mapping.guess', { role: roleWords(guessOf(field, mapping) ?? '') })
                        : t('mapping.guessNone'),
                    },
                    ...roles.map((role) => ({ value: role, label: roleWords(role) })),
                  ]}
                />
                <TransformMenu field={field} mapped={mapping[field.path]} onChange={(change) => onChange(withField(mapping, field.path, change))} />
                {field.by && (
                  <Chip tone={field.by === 'mapping' ? 'accent' : 'plain'} title={t(`mapping.byHint.${field.by}`)}>
                    {t(`mapping.by.${field.by}`)}
                  </Chip>
                )}
              </div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** What it would be without the mapping, as far as this reading tells. */
function guessOf(field: Field, mapping: Mapping): string | undefined {
  return mapping[field.path]?.as === undefined ? field.as : undefined
}
