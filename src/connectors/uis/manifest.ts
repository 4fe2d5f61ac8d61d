import type { Manifest } from '../../core/connector/manifest.ts'

export const manifest: Manifest = {
  id: 'uis',
  title: { en: 'UIS, CoMagic, Novofon 2.0', ru: 'UIS, CoMagic, Novofon 2.0' },
  summary: {
    en: 'Calls of UIS and of its siblings CoMagic and Novofon 2.0: cards while the phone rings, recordings, click to call, hold and transfer.',
    ru: 'Звонки UIS и её собратьев CoMagic и Novofon 2.0: карточка, пока телефон звонит, записи, звонок по клику, удержание и перевод.',
  },
  media: ['voice'],
  isUrgent: true,
  transport: ['webhook'],
  proof: ['secret'],
  abilities: ['verify', 'fetchMedia', 'placeCall', 'controlCall', 'history', 'directory', 'snippets'],
  callCommands: ['hang_up', 'hold', 'resume', 'transfer'],
  steps: [
    {
      en: 'Your tariff needs the options "Notifications", and "Call API" and "Data API" for the rest. Think of a token, long and random, and enter it here.',
      ru: 'В тарифе нужны опции «Уведомления», а для остального «Call API» и «Data API». Придумайте токен, длинный и случайный, и введите его здесь.',
    },
    {
      en: 'Save. In the cabinet add one notification for each template that this channel shows: POST, its address, the template as the body, your token in its place.',
      ru: 'Сохраните. В кабинете добавьте уведомление для каждого шаблона этого канала: POST, его адрес, шаблон как тело, ваш токен на своём месте.',
    },
    {
      en: 'For click to call make a user with an API key, allow the address of this hub, and enter the key and the number that clients shall see.',
      ru: 'Для звонка по клику создайте пользователя с API-ключом, разрешите адрес хаба и введите ключ и номер, который увидят клиенты.',
    },
    {
      en: 'In Team give each operator the id of his employee at UIS: the list offers them by name.',
      ru: 'В разделе «Команда» укажите каждому оператору id его сотрудника в UIS: список предлагает их по именам.',
    },
  ],
  icon: '<path d="M4 5v7a5 5 0 0 0 10 0V5"/><path d="M18 5v12"/><circle cx="18" cy="20" r="1"/>',
}
