import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { usePeople } from '../../api/names.ts'
import { Chip } from '../../components/page.tsx'
import { shownCall } from '../../components/shown-call.ts'
import { shownRecording } from '../../components/shown-recording.ts'
import { shownSeconds } from '../../components/shown-seconds.ts'
import { withLaterTexts } from '../../i18n/i18n.ts'
import classes from './call-line.module.css'

const Player = lazy(withLaterTexts(async () => ({ default: (await import('../player/player.tsx')).Player })))
const mostLegs = 6

/** A call on the timeline: how it ended, which phones rang and for how long, what was written of it, and what was said. */
export function CallLine({ callId, cardId }: { callId: string; cardId: string | null }) {
  const { t } = useTranslation()
  const nameOf = usePeople()
  const [opened, setOpened] = useState<string>()
  const { data: call } = useQuery({ queryKey: ['calls', 'of client', cardId, callId], queryFn: () => api.calls.get({ id: callId }), retry: false })
  if (!call) return null
  const { tone, words } = shownCall(call)
  return (
    <div className={classes.call}>
      <p className={classes.line}>
        <Chip tone={tone}>{words}</Chip>
        {call.talkSeconds !== null && call.talkSeconds > 0 && <span>{t('callLine.talked', { time: shownSeconds(call.talkSeconds) })}</span>}
        {call.waitSeconds !== null && call.waitSeconds > 0 && <span>{t('callLine.waited', { time: shownSeconds(call.waitSeconds) })}</span>}
        {call.disposition && <Chip tone="accent">{call.disposition}</Chip>}
      </p>
      {call.note && <p className={classes.note}>{call.note}</p>}
      {call.legs.length > 1 && (
        <p className={classes.legs}>
          {call.legs
            .slice(0, mostLegs)
            .map((leg) => `${nameOf(leg.userId) || (leg.user ?? '')}: ${t(leg.answeredAt ? 'callLine.answered' : 'callLine.rang')}`)
            .join(' · ')}
        </p>
      )}
      {call.recordings.map((recording) =>
        recording.state !== 'ready' || recording.url === null ? (
          <p key={recording.id} className={classes.legs}>
            {shownRecording(recording)}
          </p>
        ) : opened === recording.id ? (
          <Suspense key={recording.id}>
            <Player callId={call.id} recording={{ id: recording.id, url: recording.url }} hasKeys={false} />
          </Suspense>
        ) : (
          <Button key={recording.id} size="compact-sm" variant="default" onClick={() => setOpened(recording.id)}>
            {t('callLine.listen')} {recording.seconds !== null && shownSeconds(recording.seconds)}
          </Button>
        ),
      )}
    </div>
  )
}
