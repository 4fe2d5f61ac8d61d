import type { ruDates } from './ru-dates.ts'

export const enDates: typeof ruDates = {
  date: {
    day: 'yyyy-mm-dd',
    moment: 'yyyy-mm-dd hh:mm',
    clock: 'hh:mm',
    unread: 'Write it like this: {{example}}',
    open: 'Calendar',
    former: 'Month before',
    next: 'Month after',
  },
}
