import { Button, Popover, Select, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useRight, useSession } from '../../api/session.ts'
import { Key } from '../../components/page.tsx'
import { useKeys } from '../../components/use-keys.ts'
import classes from './conversation-head.module.css'

const workers = ['operator', 'manager', 'admin']
const nobody = 'nobody'

export interface HandOverTo {
  userId: string | null
  teamId?: string
  note?: string
}

/** Gives the client to a colleague, a team or nobody, with a word to it. */
export function HandOver({ assigneeId, onChoose }: { assigneeId: string | null; onChoose(to: HandOverTo): void }) {
  const { t } = useTranslation()
  const session = useSession()
  const maySee = useRight('users.list')
  const [isOpen, setOpen] = useState(false)
  const [to, setTo] = useState<string | null>(null)
  const [note, setNote] = useState('')
  const users = useQuery({ queryKey: ['users', 'names'], queryFn: () => api.users.list({ limit: 200 }), enabled: maySee })
  const teams = useQuery({ queryKey: ['teams'], queryFn: () => api.teams.list({ limit: 200 }), enabled: maySee && isOpen })
  const presence = useQuery({ queryKey: ['presence'], queryFn: () => api.presence.list(), enabled: maySee && isOpen })
  useKeys({ a: () => setOpen(true) })
  if (!maySee) return null
  const stateOf = (id: string) => t(`presence.${presence.data?.items.find(({ userId }) => userId === id)?.state ?? 'away'}`)
  const people = users.data?.items.filter((user) => user.disabledAt === null && workers.includes(user.role) && user.id !== assigneeId) ?? []
  const choices = [
    ...people.map(({ id, name }) => ({ value: id, label: `${id === session.user.id ? `${name} (${t('waiting.you')})` : name} · ${stateOf(id)}` })),
    ...(teams.data?.items ?? []).map(({ id, name }) => ({ value: `team ${id}`, label: `${t('event.team')} ${name}` })),
    ...(assigneeId === null ? [] : [{ value: nobody, label: t('conversation.toNobody') }]),
  ]
  const give = () => {
    if (to === null) return
    const teamId = to.startsWith('team ') ? to.slice('team '.length) : undefined
    onChoose({ userId: to === nobody || teamId ? null : to, ...(teamId && { teamId }), ...(note.trim() && { note }) })
    setOpen(false)
    setTo(null)
    setNote('')
  }
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button variant="default" visibleFrom="sm" onClick={() => setOpen(!isOpen)}>
          {t('conversation.handOver')}
          <Key>A</Key>
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          className={classes.people}
          onSubmit={(event) => {
            event.preventDefault()
            give()
          }}
        >
          <Select
            label={t('hand.to')}
            data={choices}
            value={to}
            onChange={setTo}
            searchable
            data-autofocus
            comboboxProps={{ withinPortal: false }}
            nothingFoundMessage={t('palette.nothing')}
          />
          <Textarea
            label={t('hand.note')}
            description={t('hand.noteHint')}
            autosize
            minRows={2}
            maxRows={6}
            maxLength={5000}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
              event.preventDefault()
              give()
            }}
          />
          <Button type="submit" disabled={to === null}>
            {t('hand.give')}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}
