import { IconPhoneCall, IconPhoneIncoming, IconPhoneOutgoing, IconPhoneX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { api } from '../../api/client.ts'
import { usePeople } from '../../api/names.ts'
import { shownCall } from '../../components/shown-call.ts'
import { shownIdentity } from '../../components/shown-identity.ts'
import { shownSeconds } from '../../components/shown-seconds.ts'
import type { Column } from '../../components/virtual-table.tsx'
import { absoluteTime, shownTime } from '../../components/when.ts'
import type { CallItem } from '../ringing/ring-kind.ts'
import classes from './calls.module.css'

type Review = Awaited<ReturnType<typeof api.reviews.list>>['items'][number]

/** Columns of the list of calls; `reviews` are those of the calls in it. */
export function useCallColumns(reviews: Review[]): Column<CallItem>[] {
  const { t } = useTranslation()
  const nameOf = usePeople()
  const bySubject = new Map(reviews.map((review) => [review.subjectId, review]))
  return [
    {
      key: 'time',
      title: t('calls.time'),
      width: '6rem',
      cell: (call) => shownTime(call.startedAt),
      hint: (call) => absoluteTime(call.startedAt),
      onPhone: 'aside',
    },
    { key: 'way', title: '', width: '1.75rem', cell: (call) => <WayIcon call={call} />, onPhone: 'hidden' },
    { key: 'client', title: t('calls.client'), width: 'minmax(9rem, 2fr)', cell: (call) => clientOf(call, t('ring.withheld')), onPhone: 'title' },
    { key: 'operator', title: t('calls.operator'), width: 'minmax(6rem, 1fr)', cell: (call) => nameOf(call.userId).split(' ')[0] ?? '' },
    {
      key: 'dialled',
      title: t('calls.dialled'),
      width: '9.5rem',
      cell: (call) => (call.dialled ? shownIdentity({ kind: 'phone', value: call.dialled }) : ''),
      onPhone: 'hidden',
    },
    {
      key: 'talk',
      title: t('calls.talk'),
      width: '5.5rem',
      cell: (call) => <span className={classes.figure}>{call.talkSeconds ? shownSeconds(call.talkSeconds) : ''}</span>,
    },
    {
      key: 'result',
      title: t('calls.result'),
      width: 'minmax(9rem, 2fr)',
      cell: (call) => <Result call={call} />,
      hint: (call) => shownCall(call).words,
    },
    {
      key: 'score',
      title: t('calls.score'),
      width: '4.5rem',
      cell: (call) => {
        const review = bySubject.get(call.id)
        return <span className={classes.figure}>{review ? t('calls.ofMarked', { ones: review.ones, marked: review.marked }) : '—'}</span>
      },
    },
  ]
}

export function clientOf(call: CallItem, withheld: string): string {
  const outer = call.direction === 'outbound' ? call.to : call.from
  return call.contactName ?? (outer ? shownIdentity({ kind: 'phone', value: outer }) : withheld)
}

function Result({ call }: { call: CallItem }) {
  const { tone, words } = shownCall(call)
  return (
    <span data-tone={tone} className={classes.result}>
      {call.disposition ?? words}
    </span>
  )
}

function WayIcon({ call }: { call: CallItem }) {
  const { t } = useTranslation()
  const isMissed = shownCall(call).tone === 'late'
  const Icon = isMissed
    ? IconPhoneX
    : call.direction === 'inbound'
      ? IconPhoneIncoming
      : call.direction === 'outbound'
        ? IconPhoneOutgoing
        : IconPhoneCall
  return (
    <Icon
      size={16}
      stroke={1.8}
      className={isMissed ? classes.late : classes.way}
      role="img"
      aria-label={isMissed ? t('callState.in_missed') : t(`calls.${call.direction}`)}
    />
  )
}
