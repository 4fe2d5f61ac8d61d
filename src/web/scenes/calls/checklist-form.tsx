import { ActionIcon, Button, Modal, NativeSelect, NumberInput, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { SkeletonRows } from '../../components/page.tsx'
import { tellError } from '../../components/tell.ts'
import classes from './calls.module.css'

const parts = ['call', 'conversation', 'card'] as const
interface Line {
  id?: string
  part: (typeof parts)[number]
  text: string
}

/** The items of the checklist, and how many calls chance draws. What was reviewed before keeps its words. */
export function ChecklistForm({ onClose }: { onClose(): void }) {
  const { t } = useTranslation()
  const stored = useQuery({ queryKey: ['checklist'], queryFn: () => api.checklist.get() })
  const [written, setWritten] = useState<Line[]>()
  const [number, setNumber] = useState<number>()
  const lines: Line[] = written ?? stored.data?.items ?? []
  const perDay = number ?? stored.data?.perDay ?? 0
  const save = useMutation({
    mutationFn: () => api.checklist.save({ perDay, items: lines.filter(({ text }) => text.trim() !== '') }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['checklist'] })
      onClose()
    },
    onError: tellError,
  })
  const change = (at: number, patch: Partial<Line>) => setWritten(lines.map((line, index) => (index === at ? { ...line, ...patch } : line)))
  return (
    <Modal opened size="lg" onClose={onClose} title={t('calls.checklist')} closeButtonProps={{ 'aria-label': t('common.close') }}>
      {stored.isPending ? (
        <SkeletonRows />
      ) : (
        <div className={classes.form}>
          {lines.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a new line has no id until it is saved
            <div key={index} className={classes.line}>
              <NativeSelect
                size="xs"
                aria-label={t('calls.part')}
                value={line.part}
                data={parts.map((part) => ({ value: part, label: t(`calls.part_${part}`) }))}
                onChange={(event) => change(index, { part: parts.find((part) => part === event.currentTarget.value) ?? 'call' })}
              />
              <TextInput
                size="xs"
                className={classes.grow ?? ''}
                aria-label={t('calls.item')}
                value={line.text}
                onChange={(event) => change(index, { text: event.currentTarget.value })}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('calls.removeItem', { text: line.text })}
                onClick={() => setWritten(lines.toSpliced(index, 1))}
              >
                <IconX size={14} />
              </ActionIcon>
            </div>
          ))}
          <Button variant="subtle" size="xs" onClick={() => setWritten([...lines, { part: 'call', text: '' }])}>
            {t('calls.addItem')}
          </Button>
          <NumberInput
            size="xs"
            w="14rem"
            label={t('calls.perDay')}
            min={0}
            max={100}
            value={perDay}
            onChange={(value) => setNumber(Number(value))}
          />
          <Button loading={save.isPending} onClick={() => save.mutate()}>
            {t('common.save')}
          </Button>
        </div>
      )}
    </Modal>
  )
}
