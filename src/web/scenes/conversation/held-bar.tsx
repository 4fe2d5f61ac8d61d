import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Key } from '../../components/page.tsx'
import { useNow } from '../../components/use-now.ts'
import classes from './conversation.module.css'
import type { HeldSend } from './use-held-send.ts'

/** A message on its way out: five seconds to call it back. */
export function HeldBar({ held }: { held: HeldSend }) {
  const { t } = useTranslation()
  const now = useNow(250)
  return (
    <div className={classes.held} role="status">
      <span className={classes.grow}>{t('conversation.leavesIn', { n: Math.max(0, Math.ceil(((held.leavesAt ?? now) - now) / 1000)) })}</span>
      <Button variant="subtle" onClick={held.release}>
        {t('conversation.sendNow')}
        <Key>⏎</Key>
      </Button>
      <Button variant="default" onClick={held.callBack}>
        {t('common.undo')}
      </Button>
    </div>
  )
}
