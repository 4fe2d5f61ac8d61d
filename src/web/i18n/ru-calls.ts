/** Texts of telephones: numbers, ringing, the call, its recording and its review. */
export const ruCalls = {
  numbers: {
    column: 'Телефоны',
    none: 'добавить',
    title: '{{name}}: телефоны',
    hint: 'По этим номерам АТС сообщает, кому звонят и кто ответил. Карточка открывается у того, чей номер звонит.',
    value: 'Номер',
    example: '101, SIP или телефон',
    channel: 'Канал',
    everywhere: 'На всех каналах',
    remove: 'Убрать номер {{value}}',
    add: '+ номер',
  },
  addresses: {
    title: 'Наши номера',
    hint: 'Куда звонят клиенты: как называется номер, где он напечатан и чьи его звонки.',
    value: 'Номер',
    name: 'Название',
    source: 'Источник: где напечатан',
    team: 'Отдел',
    teamOfChannel: 'Отдел канала',
    remove: 'Убрать {{value}}',
    add: '+ номер',
    saved: 'Номера сохранены',
  },
}
