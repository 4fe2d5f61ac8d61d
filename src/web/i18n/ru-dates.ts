/** Fields for days and hours. */
export const ruDates = {
  date: {
    day: 'дд.мм.гггг',
    moment: 'дд.мм.гггг чч:мм',
    clock: 'чч:мм',
    unread: 'Напишите так: {{example}}',
    open: 'Календарь',
    former: 'Прошлый месяц',
    next: 'Следующий месяц',
  },
}
