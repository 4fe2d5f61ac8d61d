/** Choosing one of the messages that a vendor has approved beforehand. */
export const ruApproved = {
  approved: {
    title: 'Одобренные шаблоны',
    search: 'Название или слово',
    failed: 'Сервис не отдал список шаблонов',
    none: 'Одобренных шаблонов пока нет',
    noneHint: 'Создайте шаблон в кабинете сервиса. Когда его одобрят, он появится здесь.',
    renew: 'Обновить список',
    preview: 'Так увидит клиент',
    place: {
      header: 'Заголовок: {{n}}',
      body: 'Текст: {{n}}',
      button: 'Окончание ссылки кнопки {{n}}',
    },
    file: {
      image: 'Картинка в заголовок:',
      video: 'Видео в заголовок:',
      document: 'Файл в заголовок:',
    },
  },
}
