import { Button } from '@mantine/core'
import { IconPhone } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { Link, useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { useRight } from '../../api/session.ts'
import { Chip, Key } from '../../components/page.tsx'
import { shownIdentity } from '../../components/shown-identity.ts'
import { shownSeconds } from '../../components/shown-seconds.ts'
import { tellError } from '../../components/tell.ts'
import { useNow } from '../../components/use-now.ts'
import { CallActs } from './call-acts.tsx'
import { CallWork } from './call-work.tsx'
import { Candidate } from './candidate.tsx'
import type { CallItem } from './ring-kind.ts'
import classes from './ringing.module.css'
import { useCandidates } from './use-candidates.ts'
import { useRingKeys } from './use-ring-keys.ts'

const moved = ['contacts', 'card', 'timeline', 'waiting', 'conversations', 'leads', 'tasks', 'candidates']

/** My call: the number and where it comes from first, then whose it is and why; from the answer on what to do and to write. */
export function CallCard({ call, hasKeys, onDecline }: { call: CallItem; hasKeys: boolean; onDecline(): void }) {
  const { t } = useTranslation()
  const router = useRouter()
  const now = useNow(1_000)
  const mayChoose = useRight('calls.putOnCard')
  const { address, items, chosen, isKnown } = useCandidates(call)
  const isRinging = call.state === 'ringing' || call.state === 'queued'
  const choose = useMutation({
    mutationFn: (contactId: string | null) => api.calls.putOnCard({ id: call.id, contactId }),
    onSuccess: async ({ contactId }) => {
      await Promise.all(moved.map((key) => queryClient.invalidateQueries({ queryKey: [key] })))
      if (contactId) await router.navigate({ to: '/waiting/$cardId', params: { cardId: contactId } })
    },
    onError: tellError,
  })
  const keys = Object.fromEntries(items.map(({ contactId }, index) => [String(index + 1), () => choose.mutate(contactId)]))
  useRingKeys(mayChoose && hasKeys ? { ...keys, 0: () => choose.mutate(null), ...(isRinging && { Escape: onDecline }) } : {})
  const outer = call.direction === 'outbound' ? call.to : call.from
  const since = call.answeredAt ?? call.startedAt
  const seconds = call.state === 'ended' ? (call.talkSeconds ?? 0) : (now - Date.parse(since)) / 1000
  return (
    <article
      className={classes.card}
      data-state={call.state}
      aria-label={t(`ring.${call.direction === 'outbound' ? 'outgoing' : 'incoming'}`, { number: outer ?? t('ring.withheld') })}
    >
      <div className={classes.who}>
        <p className={classes.line}>
          <IconPhone size={20} stroke={1.8} className={classes.lamp ?? ''} aria-hidden />
          <b className={classes.number}>{outer ? shownIdentity({ kind: 'phone', value: outer }) : t('ring.withheld')}</b>
          <span className={classes.timer}>{shownSeconds(seconds)}</span>
        </p>
        {call.dialled && (
          <p className={classes.dim}>
            {t('ring.dialled')} <b>{address?.name ?? shownIdentity({ kind: 'phone', value: call.dialled })}</b> {address?.source}
          </p>
        )}
        <p className={classes.dim}>
          {t(`ring.state_${call.state}`)} {call.recordingPausedAt && <Chip tone="soon">{t('ring.notRecorded')}</Chip>}
        </p>
        {!isRinging && <CallActs call={call} />}
      </div>
      {isRinging || items.length > 1 ? (
        <div className={classes.candidates}>
          {items.map((candidate, index) => (
            <Candidate
              key={candidate.contactId}
              candidate={candidate}
              place={index + 1}
              isDisabled={!mayChoose}
              onChoose={() => choose.mutate(candidate.contactId)}
            />
          ))}
          {isKnown && items.length === 0 && <Chip>{t('ring.nobody')}</Chip>}
        </div>
      ) : (
        chosen && (
          <p className={classes.line}>
            <Link to="/waiting/$cardId" params={{ cardId: chosen.contactId }} className={classes.name ?? ''}>
              {chosen.name || t('waiting.unnamed')}
            </Link>
          </p>
        )
      )}
      {!isRinging && <CallWork call={call} />}
      {isRinging && mayChoose && (
        <footer className={classes.foot}>
          <span>
            <Key>1</Key> {t('ring.whose')} <Key>0</Key> {t('ring.newClient')} · {t('ring.whileTyping')} <Key>{'Alt'}</Key>
          </span>
          {items.length > 1 && <span>{t('ring.stays')}</span>}
          <Button size="compact-sm" variant="default" onClick={() => choose.mutate(null)}>
            {t('ring.newClient')}
          </Button>
          <Button size="compact-sm" variant="default" onClick={onDecline}>
            {t('ring.decline')}
            <Key>{'Esc'}</Key>
          </Button>
        </footer>
      )}
    </article>
  )
}
