import { SegmentedControl } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

/** Contacts and companies together are the firm's clients: one place, two lists. */
export function PeopleOrCompanies({ value }: { value: 'clients' | 'companies' }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('clients.title')}
      value={value}
      onChange={(to) => void navigate({ to: to === 'companies' ? '/companies' : '/clients' })}
      data={[
        { value: 'clients', label: t('companies.people') },
        { value: 'companies', label: t('companies.title') },
      ]}
    />
  )
}
