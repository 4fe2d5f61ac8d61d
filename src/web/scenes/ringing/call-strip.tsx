import { Button } from '@mantine/core'
import { IconPhoneIncoming } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { shownIdentity } from '../../components/shown-identity.ts'
import { shownSeconds } from '../../components/shown-seconds.ts'
import { useNow } from '../../components/use-now.ts'
import type { CallItem } from './ring-kind.ts'
import classes from './ringing.module.css'
import { useCandidates } from './use-candidates.ts'

/** A call of the group, in one line: whoever picks up gets the card. */
export function CallStrip({ call, onDecline }: { call: CallItem; onDecline(): void }) {
  const { t } = useTranslation()
  const now = useNow(1_000)
  const { address, chosen } = useCandidates(call)
  return (
    <article className={classes.strip} aria-label={t('ring.incoming', { number: call.from ?? t('ring.withheld') })}>
      <IconPhoneIncoming size={16} stroke={1.8} className={classes.lamp ?? ''} aria-hidden />
      <b className={classes.number}>{call.from ? shownIdentity({ kind: 'phone', value: call.from }) : t('ring.withheld')}</b>
      <span className={classes.timer}>{shownSeconds((now - Date.parse(call.startedAt)) / 1000)}</span>
      <span className={classes.words}>
        {[chosen?.name, address?.source ?? address?.name ?? call.dialled, t('ring.group')].filter(Boolean).join(' · ')}
      </span>
      <Button size="compact-xs" variant="subtle" color="gray" onClick={onDecline}>
        {t('ring.hide')}
      </Button>
    </article>
  )
}
