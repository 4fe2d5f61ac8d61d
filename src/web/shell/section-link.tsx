import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ProblemCount } from './problem-count.tsx'
import type { Section } from './sections.ts'
import classes from './shell.module.css'
import { TaskCount } from './task-count.tsx'
import { WaitingCount } from './waiting-count.tsx'
import { WebhookAlarm } from './webhook-alarm.tsx'

/** A section with what in it wants to be seen. `width`: of which screens it is alone. */
export function SectionLink({ section: { to, text, icon: Icon }, width, onGo }: { section: Section; width?: 'wide' | 'narrow'; onGo?: () => void }) {
  const { t } = useTranslation()
  return (
    <Link to={to} className={classes.link ?? ''} data-width={width} onClick={() => onGo?.()}>
      <Icon size={20} stroke={1.6} aria-hidden />
      {t(`nav.${text}`)}
      {text === 'waiting' && <WaitingCount />}
      {text === 'webhooks' && <WebhookAlarm />}
      {text === 'tasks' && <TaskCount />}
      {text === 'health' && <ProblemCount />}
    </Link>
  )
}
