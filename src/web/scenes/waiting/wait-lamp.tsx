import classes from './waiting.module.css'

/** From then on somebody waits too long. */
export const longMinutes = 60
const soonMinutes = 45
const round = 2 * Math.PI * 4.5

export function toneOf(minutes: number): 'late' | 'soon' | 'calm' {
  if (minutes >= longMinutes) return 'late'
  return minutes >= soonMinutes ? 'soon' : 'calm'
}

/** A ring that fills in an hour, then a full disc; the figure beside it says the same in words. */
export function WaitLamp({ minutes }: { minutes: number }) {
  const filled = Math.min(1, minutes / longMinutes) * round
  return (
    <svg viewBox="0 0 12 12" className={classes.lamp} aria-hidden="true">
      <circle className={classes.track} cx="6" cy="6" r="4.5" />
      <circle className={classes.arc} cx="6" cy="6" r="4.5" strokeDasharray={`${filled} ${round}`} />
    </svg>
  )
}
