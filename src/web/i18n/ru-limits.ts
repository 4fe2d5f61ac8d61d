/** What a channel lets through, said in the composer before anything is sent. */
export const ruLimits = {
  limits: {
    open: 'Отвечать здесь можно ещё {{left}}',
    days: '{{n}} сут.',
    hours: '{{h}} ч {{m}} мин',
    minutes: '{{m}} мин',
    closed: 'Срок для ответа прошёл.',
    never: 'Клиент ещё не писал в этот канал.',
    useTemplate: 'Сервис пропустит только одобренный шаблон.',
    waitForHim: 'Сервис ничего не пропустит, пока клиент не напишет сам. Свяжитесь с ним иначе.',
    choose: 'Выбрать шаблон',
    characters: '{{n}} из {{most}} символов',
    bytes: '{{n}} из {{most}} байт',
    pieces: 'разделим на сообщения: {{n}}',
    offer: 'Кнопки с готовыми ответами',
    button: 'Текст кнопки, Enter',
    buttons: '{{n}} из {{most}}, до {{length}} символов',
    file: {
      none: '«{{name}}»: этот канал файлов не передаёт',
      kind: '«{{name}}»: таких файлов этот канал не передаёт',
      size: '«{{name}}» больше {{most}}, которые передаёт канал',
    },
  },
}
