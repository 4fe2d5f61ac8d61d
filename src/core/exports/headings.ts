const words = {
  id: ['ID', 'ID'],
  name: ['Клиент', 'Full name'],
  stage: ['Стадия', 'Stage'],
  phones: ['Телефоны', 'Phones'],
  emails: ['Почта', 'E-mail'],
  others: ['Другие контакты', 'Other addresses'],
  company: ['Компания', 'Company'],
  owner: ['Ответственный', 'Owner'],
  language: ['Язык', 'Language'],
  lastTouch: ['Последнее обращение', 'Last touch'],
  created: ['Создано', 'Created'],
  domain: ['Домен', 'Domain'],
  people: ['Людей', 'People'],
  topic: ['Тема', 'Topic'],
  status: ['Статус', 'Status'],
  lostReason: ['Причина потери', 'Why lost'],
  source: ['Источник', 'Source'],
  at: ['Время', 'Time'],
  kind: ['Вид', 'Kind'],
  medium: ['Способ', 'Medium'],
  direction: ['Направление', 'Direction'],
  from: ['От', 'From'],
  to: ['Кому', 'To'],
  subject: ['Заголовок', 'Subject'],
  text: ['Текст', 'Text'],
  dialled: ['Набранный номер', 'Number dialled'],
  outcome: ['Итог', 'Outcome'],
  waitSeconds: ['Ожидание, с', 'Wait, s'],
  talkSeconds: ['Разговор, с', 'Talk, s'],
  operator: ['Оператор', 'Operator'],
  disposition: ['Результат', 'Result'],
  note: ['Заметка', 'Note'],
  recorded: ['Записей', 'Recordings'],
} as const

export type Heading = keyof typeof words

/** Heads of columns in the language of who asked; our own import knows them again. */
export function headings(names: readonly Heading[], language: string): string[] {
  return names.map((name) => words[name][language === 'ru' ? 0 : 1])
}
