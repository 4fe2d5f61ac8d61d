import { NativeSelect } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { useRight } from '../../api/session.ts'
import { tellError } from '../../components/tell.ts'

const zones = Intl.supportedValuesOf('timeZone')

/** Where the client's clock stands: by it his local time is shown, and what is promised to him is due. */
export function CardZone({ cardId }: { cardId: string }) {
  const { t } = useTranslation()
  const mayEdit = useRight('contacts.update')
  const contact = useQuery({ queryKey: ['contacts', cardId], queryFn: () => api.contacts.get({ id: cardId }) })
  const change = useMutation({
    mutationFn: (timeZone: string) => api.contacts.update({ id: cardId, fields: { timeZone: timeZone || null } }),
    onSuccess: () => Promise.all(['contacts', 'card'].map((key) => queryClient.invalidateQueries({ queryKey: [key] }))),
    onError: tellError,
  })
  const zone = contact.data?.fields.timeZone
  if (!mayEdit || !contact.data) return null
  return (
    <NativeSelect
      size="xs"
      aria-label={t('card.zone')}
      value={typeof zone === 'string' ? zone : ''}
      data={[{ value: '', label: t('card.noZone') }, ...new Set([...(typeof zone === 'string' && zone ? [zone] : []), ...zones])]}
      onChange={(event) => change.mutate(event.currentTarget.value)}
    />
  )
}
