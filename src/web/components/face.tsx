import classes from './components.module.css'

/** Initials in a disc. */
export function Face({ name }: { name: string }) {
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
