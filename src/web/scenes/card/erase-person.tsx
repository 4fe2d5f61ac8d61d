import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { tell, tellError } from '../../components/tell.ts'

/** The one act that has no undo: it says what will be gone, and wants the name typed. */
export function ErasePerson({ cardId, name, onClose }: { cardId: string; name: string; onClose(): void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [typed, setTyped] = useState('')
  const expected = name.trim() || cardId
  const erase = useMutation({
    mutationFn: () => api.erasures.create({ id: cardId, confirmation: typed }),
    onSuccess: async () => {
      tell(t('privacy.asked'))
      onClose()
      await navigate({ to: '/health' })
      await queryClient.invalidateQueries()
    },
    onError: tellError,
  })
  return (
    <Modal opened onClose={onClose} title={t('privacy.eraseTitle', { name: expected })} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          erase.mutate()
        }}
      >
        <Stack gap="sm">
          <Text size="sm">{t('privacy.eraseHint')}</Text>
          <Text size="sm" c="dimmed">
            {t('privacy.eraseBackups')}
          </Text>
          <TextInput
            data-autofocus
            label={t('privacy.type', { name: expected })}
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" color="red.9" disabled={typed.trim() !== expected} loading={erase.isPending}>
              {t('privacy.confirm')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
