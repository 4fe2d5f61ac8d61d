import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { usePeople } from '../../api/names.ts'
import { useRight } from '../../api/session.ts'
import { Chip, Key, SkeletonRows } from '../../components/page.tsx'
import { shownCall } from '../../components/shown-call.ts'
import { shownRecording } from '../../components/shown-recording.ts'
import { shownTime } from '../../components/when.ts'
import { Player } from '../player/player.tsx'
import type { CallItem } from '../ringing/ring-kind.ts'
import { CallComments } from './call-comments.tsx'
import classes from './calls.module.css'
import { ChecklistMarks } from './checklist-marks.tsx'
import { Listeners } from './listeners.tsx'
import { clientOf } from './use-call-columns.tsx'

interface ReviewProps {
  callId: string
  /** As the list has it, until it is loaded by itself. */
  known: CallItem | undefined
  startAt: number | undefined
  onStep(by: number): void
}

/** One call: how it went, its sound, what is said of its moments, and the checklist beside it. */
export function CallReview({ callId, known, startAt, onStep }: ReviewProps) {
  const { t } = useTranslation()
  const nameOf = usePeople()
  const mayReview = useRight('reviews.save')
  const [at, setAt] = useState(startAt ?? 0)
  const [jump, setJump] = useState({ at: startAt, turn: 0 })
  const { data } = useQuery({ queryKey: ['calls', 'one', callId], queryFn: () => api.calls.get({ id: callId }), retry: false, enabled: !known })
  const comments = useQuery({ queryKey: ['comments', callId], queryFn: () => api.comments.list({ id: callId }), retry: false })
  const call = known ?? data
  if (!call) return <SkeletonRows />
  const recording = call.recordings.find(({ state, url }) => state === 'ready' && url !== null)
  const state = shownCall(call)
  return (
    <section className={classes.review} aria-label={t('calls.one')}>
      <header className={classes.head}>
        <div className={classes.grow}>
          <h2>
            {call.contactId ? (
              <Link to="/waiting/$cardId" params={{ cardId: call.contactId }} className={classes.name ?? ''}>
                {clientOf(call, t('ring.withheld'))}
              </Link>
            ) : (
              clientOf(call, t('ring.withheld'))
            )}{' '}
            <Chip tone={state.tone}>{state.words}</Chip> {call.disposition && <Chip tone="accent">{call.disposition}</Chip>}
          </h2>
          <p className={classes.dim}>
            {[t(`calls.${call.direction}`), shownTime(call.startedAt), nameOf(call.userId), call.dialled].filter(Boolean).join(' · ')}
          </p>
        </div>
        <Button size="compact-sm" variant="default" onClick={() => onStep(-1)}>
          {t('calls.newer')}
          <Key>{'['}</Key>
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => onStep(1)}>
          {t('calls.older')}
          <Key>{']'}</Key>
        </Button>
      </header>
      {recording?.url ? (
        <Player
          key={`${recording.id} ${jump.turn}`}
          callId={call.id}
          recording={{ id: recording.id, url: recording.url }}
          startAt={jump.at}
          hasKeys
          pins={comments.data?.items.map(({ id, atSeconds, text }) => ({ id, at: atSeconds, text })) ?? []}
          onAt={setAt}
        />
      ) : (
        <p className={classes.dim}>{call.recordings[0] ? shownRecording(call.recordings[0]) : t('calls.noRecording')}</p>
      )}
      {call.note && <p className={classes.note}>{call.note}</p>}
      <div className={classes.columns}>
        <CallComments callId={call.id} items={comments.data?.items ?? []} at={at} onJump={(moment) => setJump({ at: moment, turn: jump.turn + 1 })} />
        {(mayReview || call.userId !== null) && (
          <ChecklistMarks kind="call" subjectId={call.id} at={recording ? at : null} {...(mayReview && { onNext: () => onStep(1) })} />
        )}
      </div>
      <Listeners call={call} />
    </section>
  )
}
