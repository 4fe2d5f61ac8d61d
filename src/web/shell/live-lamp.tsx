import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLive } from '../live/live-store.ts'
import classes from './shell.module.css'

/** The state of the world, always in sight: live, or how far behind. */
export function LiveLamp() {
  const { t } = useTranslation()
  const { isLive, lostAt } = useLive()
  const [now, setNow] = useState(Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  const behind = lostAt === null ? 0 : Math.max(0, Math.round((now - lostAt) / 1000))
  return (
    <div role="status" className={isLive ? classes.lamp : `${classes.lamp} ${classes.behind}`}>
      {isLive ? t('nav.online') : t('nav.behind', { n: behind })}
    </div>
  )
}
