export type SendTimeName = 'inAnHour' | 'thisEvening' | 'tomorrow' | 'monday'

const evening = 18
const morning = 9

/** Times one usually wants a message to leave at, those that are still to come; by the person's own clock. */
export function sendTimes(now: Date): { name: SendTimeName; at: Date }[] {
  const dayAt = (days: number, hour: number) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour)
  const toMonday = (8 - now.getDay()) % 7 || 7
  const times: { name: SendTimeName; at: Date }[] = [
    { name: 'inAnHour', at: new Date(now.getTime() + 3_600_000) },
    { name: 'thisEvening', at: dayAt(0, evening) },
    { name: 'tomorrow', at: dayAt(1, morning) },
  ]
  if (toMonday > 1) times.push({ name: 'monday', at: dayAt(toMonday, morning) })
  return times.filter(({ at }) => at > now)
}
