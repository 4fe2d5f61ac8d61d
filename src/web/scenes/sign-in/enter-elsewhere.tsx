import { Button, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { signInElsewhere } from '../../api/auth.ts'
import { api } from '../../api/client.ts'

/** The way in by the firm's own sign-in service, where it has one. */
export function EnterElsewhere() {
  const { t } = useTranslation()
  const { data } = useQuery({ queryKey: ['setup'], queryFn: () => api.setup.status() })
  const [fault, setFault] = useState(new URLSearchParams(location.search).has('refused') ? t('elsewhere.refused') : '')
  if (!data?.signInElsewhere) return null

  async function leave(): Promise<void> {
    const address = await signInElsewhere()
    if (address) location.assign(address)
    else setFault(t('elsewhere.away'))
  }

  return (
    <>
      <Button variant="default" onClick={() => void leave()}>
        {t('elsewhere.enter')}
      </Button>
      {fault && (
        <Text role="alert" size="sm" c="red">
          {fault}
        </Text>
      )}
    </>
  )
}
