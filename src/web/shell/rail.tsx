import { IconSearch } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useSession } from '../api/session.ts'
import { Face } from '../components/face.tsx'
import { LiveLamp } from './live-lamp.tsx'
import { PresenceSwitch } from './presence-switch.tsx'
import { ProblemCount } from './problem-count.tsx'
import { sections } from './sections.ts'
import classes from './shell.module.css'
import { TaskCount } from './task-count.tsx'
import { WaitingCount } from './waiting-count.tsx'
import { WebhookAlarm } from './webhook-alarm.tsx'

/** `onFind` opens the palette. */
export function Rail({ onFind }: { onFind(): void }) {
  const { t } = useTranslation()
  const session = useSession()
  return (
    <nav className={classes.rail} aria-label="Switchboard">
      <div className={classes.logo}>
        <img src="/icon.svg" width={26} height={26} alt="" />
      </div>
      {sections
        .filter((section) => !section.isOffRail && session.rights.includes(section.right))
        .map(({ to, text, icon: Icon }) => (
          <Link key={to} to={to} className={classes.link ?? ''}>
            <Icon size={20} stroke={1.6} aria-hidden />
            {t(`nav.${text}`)}
            {text === 'waiting' && <WaitingCount />}
            {text === 'webhooks' && <WebhookAlarm />}
            {text === 'tasks' && <TaskCount />}
            {text === 'health' && <ProblemCount />}
          </Link>
        ))}
      <div className={classes.grow} />
      <button type="button" className={classes.link} title={t('palette.open')} onClick={onFind}>
        <IconSearch size={20} stroke={1.6} aria-hidden />
        {'Ctrl K'}
      </button>
      <LiveLamp />
      <PresenceSwitch />
      <Link to="/profile" className={classes.link ?? ''}>
        <Face name={session.user.name} />
        {t('nav.profile')}
      </Link>
    </nav>
  )
}
