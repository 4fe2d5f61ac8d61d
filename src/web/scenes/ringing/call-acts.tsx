import { Button, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useChannels } from '../../api/names.ts'
import { useRight, useSession } from '../../api/session.ts'
import { tellError } from '../../components/tell.ts'
import type { CallItem } from './ring-kind.ts'
import classes from './ringing.module.css'

type Command = Parameters<typeof api.calls.control>[0]['name']

/** What the PBX lets us do to a running call; what it cannot is not there. */
export function CallActs({ call }: { call: CallItem }) {
  const { t } = useTranslation()
  const { user } = useSession()
  const mayAct = useRight('calls.control')
  const [isMuted, setMuted] = useState(false)
  const [to, setTo] = useState<string>()
  const channel = useChannels().find(({ id }) => id === call.channelId)
  const connectors = useQuery({ queryKey: ['connectors'], queryFn: () => api.connectors.list(), staleTime: Number.POSITIVE_INFINITY })
  const able: readonly string[] = connectors.data?.items.find(({ id }) => id === channel?.connector)?.callCommands ?? []
  const leg = call.legs.find(({ userId, state }) => userId === user.id && state !== 'left')
  const act = useMutation({
    mutationFn: (command: { name: Command; to?: string }) => api.calls.control({ id: call.id, ...command, ...(leg && { legId: leg.id }) }),
    onError: tellError,
  })
  if (call.state === 'ended' || !mayAct) return null
  const isHeld = leg?.state === 'held'
  const isPaused = call.recordingPausedAt !== null
  const shown: Command[] = [isHeld ? 'resume' : 'hold', isMuted ? 'unmute' : 'mute', isPaused ? 'resume_recording' : 'pause_recording', 'hang_up']
  return (
    <div className={classes.acts}>
      {shown
        .filter((name) => able.includes(name))
        .map((name) => (
          <Button
            key={name}
            size="compact-sm"
            variant="default"
            onClick={() => {
              act.mutate({ name })
              if (name === 'mute' || name === 'unmute') setMuted(name === 'mute')
            }}
          >
            {t(`ring.${name}`)}
          </Button>
        ))}
      {able.includes('transfer') &&
        (to === undefined ? (
          <Button size="compact-sm" variant="default" onClick={() => setTo('')}>
            {t('ring.transfer')}
          </Button>
        ) : (
          <form
            className={classes.acts}
            onSubmit={(event) => {
              event.preventDefault()
              act.mutate({ name: 'transfer', to })
              setTo(undefined)
            }}
          >
            <TextInput
              size="xs"
              aria-label={t('ring.transferTo')}
              placeholder={t('ring.transferTo')}
              value={to}
              onChange={(event) => setTo(event.currentTarget.value)}
              required
            />
            <Button size="compact-sm" type="submit">
              {t('ring.transfer')}
            </Button>
          </form>
        ))}
    </div>
  )
}
