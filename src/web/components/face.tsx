import { useState } from 'react'
import classes from './components.module.css'

/** A picture in a disc, or initials where there is none or it does not come. */
export function Face({ name, picture }: { name: string; picture?: string | null }) {
  const [isLost, setLost] = useState(false)
  if (picture && !isLost) return <img className={classes.face} src={picture} alt="" loading="lazy" onError={() => setLost(true)} />
  const letters = name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word[0] ?? '')
    .join('')
  return (
    <span className={classes.face} aria-hidden>
      {letters.toUpperCase() || '·'}
    </span>
  )
}
