import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { MomentField } from './day-field.tsx'
import { snoozeTimes } from './snooze-times.ts'
import classes from './task-row.module.css'
import { tellError } from './tell.ts'

interface NewTaskProps {
  contactId?: string
  /** His card says in which time zone he lives. */
  hasClientZone?: boolean
  isWide?: boolean
  onAdded(): void
}

/** What, and by when: by my clock, the firm's, or the client's where it is known. */
export function NewTask({ contactId, hasClientZone = false, isWide = false, onAdded }: NewTaskProps) {
  const { t } = useTranslation()
  const [title, setTitle] = useState('')
  const [local, setLocal] = useState(() => wallClock(snoozeTimes.tomorrow()))
  const [zone, setZone] = useState(hasClientZone ? 'client' : Intl.DateTimeFormat().resolvedOptions().timeZone)
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone
  const add = useMutation({
    mutationFn: () => api.tasks.create({ title, due: { local, zone }, ...(contactId && { contactId }) }),
    onSuccess: async () => {
      setTitle('')
      await queryClient.invalidateQueries({ queryKey: ['tasks'] })
      onAdded()
    },
    onError: tellError,
  })
  const zones = [
    { value: own, label: t('tasks.zoneOwn') },
    { value: 'firm', label: t('tasks.zoneFirm') },
    ...(hasClientZone ? [{ value: 'client', label: t('tasks.zoneClient') }] : []),
  ]
  return (
    <form
      className={isWide ? classes.wide : classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        add.mutate()
      }}
    >
      <TextInput
        size="xs"
        label={t('tasks.what')}
        required
        maxLength={500}
        autoFocus={!isWide}
        style={isWide ? { flex: 1, minWidth: '14rem' } : undefined}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <MomentField size="xs" label={t('tasks.when')} required value={local} onChange={setLocal} />
      <NativeSelect size="xs" label={t('tasks.zone')} data={zones} value={zone} onChange={(event) => setZone(event.currentTarget.value)} />
      <Button type="submit" size="xs" loading={add.isPending}>
        {t('tasks.create')}
      </Button>
    </form>
  )
}

/** `2026-11-23T09:00` */
function wallClock(at: Date): string {
  const two = (number: number) => String(number).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`
}
