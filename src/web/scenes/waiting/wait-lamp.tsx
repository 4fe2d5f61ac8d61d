import classes from './waiting.module.css'

const round = 2 * Math.PI * 4.5
const wholeMinutes = 60

/** A ring that fills over the last hour before an answer is late, then a full disc; the figure beside it says the same in words. */
export function WaitLamp({ minutesLeft }: { minutesLeft: number }) {
  const filled = Math.min(1, Math.max(0, 1 - minutesLeft / wholeMinutes)) * round
  return (
    <svg viewBox="0 0 12 12" className={classes.lamp} aria-hidden="true">
      <circle className={classes.track} cx="6" cy="6" r="4.5" />
      <circle className={classes.arc} cx="6" cy="6" r="4.5" strokeDasharray={`${filled} ${round}`} />
    </svg>
  )
}
