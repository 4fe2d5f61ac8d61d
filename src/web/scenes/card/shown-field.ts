import { useTranslation } from 'react-i18next'
import { usePeople } from '../../api/names.ts'

const fields = ['name', 'stage', 'companyId', 'ownerId', 'language'] as const

/** Fields of a card and what stands in them, in words. */
export function useShownField(): { label(field: string): string; value(field: string, value: unknown): string } {
  const { t } = useTranslation()
  const nameOf = usePeople()
  return {
    label(field) {
      if (field === 'fields.timeZone') return t('card.zone')
      const known = fields.find((each) => each === field)
      return known ? t(`card.field.${known}`) : field.replace(/^fields\./, '')
    },
    value(field, value) {
      if (value === null || value === undefined || value === '') return '—'
      if (field === 'companyId') return t('card.fieldSet')
      if (field === 'stage' && (value === 'lead' || value === 'client')) return t(`card.${value}`)
      if (field === 'ownerId' && typeof value === 'string') return nameOf(value) || value
      return typeof value === 'string' ? value : JSON.stringify(value)
    },
  }
}
