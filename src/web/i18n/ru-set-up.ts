/** The first page of a new hub. */
export const ruSetUp = {
  setup: {
    title: 'Настроим Switchboard',
    intro: 'Одна страница, и хаб готов принимать обращения.',
    firm: 'Название фирмы',
    you: 'Ваше имя',
    email: 'Ваша почта',
    password: 'Пароль',
    passwordHint: 'Не короче 10 знаков',
    language: 'Язык',
    zone: 'Часовой пояс',
    country: 'Страна (для телефонов)',
    client: 'Клиент — это',
    contact: 'человек',
    company: 'компания',
    go: 'Готово, дальше — первый канал',
    badLink: 'Ссылка уже использована или неверна. Возьмите свежую из вывода программы.',
  },
}
