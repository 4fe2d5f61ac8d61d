/** The client on a page of the firm's site. */
export const ruVisitors = {
  visitors: {
    isHere: 'Клиент сейчас на сайте',
    isWriting: 'Клиент печатает…',
    user: 'Вход на сайте: {{id}}',
    unknown: 'Посетитель {{number}}',
  },
}
