import { IconSearch } from '@tabler/icons-react'
import { Link, useRouterState } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useSession } from '../api/session.ts'
import { Face } from '../components/face.tsx'
import { LiveLamp } from './live-lamp.tsx'
import { MoreSections } from './more-sections.tsx'
import { PresenceSwitch } from './presence-switch.tsx'
import { SectionLink } from './section-link.tsx'
import { placesOf } from './sections.ts'
import classes from './shell.module.css'

/** How many sections a phone has room for below. */
const mostOnPhone = 3

/** `onFind` opens the palette. */
export function Rail({ onFind }: { onFind(): void }) {
  const { t } = useTranslation()
  const session = useSession()
  const path = useRouterState({ select: ({ location }) => location.pathname })
  const { rail, more } = placesOf(session.rights, path)
  return (
    <nav className={classes.rail} aria-label="Switchboard">
      <div className={classes.logo}>
        <img src="/icon.svg" width={26} height={26} alt="" />
      </div>
      {rail.map((section, index) => (
        <SectionLink key={section.to} section={section} {...(index >= mostOnPhone && { width: 'wide' })} />
      ))}
      <MoreSections sections={more} narrow={rail.slice(mostOnPhone)} />
      <div className={classes.grow} />
      <button type="button" className={classes.link} title={t('palette.open')} onClick={onFind}>
        <IconSearch size={20} stroke={1.6} aria-hidden />
        <span data-width="wide">{'Ctrl K'}</span>
        <span data-width="narrow">{t('palette.open')}</span>
      </button>
      <div className={classes.state}>
        <LiveLamp />
        <PresenceSwitch />
      </div>
      <Link to="/profile" className={classes.link ?? ''}>
        <Face name={session.user.name} />
        {t('nav.profile')}
      </Link>
    </nav>
  )
}
