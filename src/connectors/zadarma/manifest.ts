import type { Manifest } from '../../core/connector/manifest.ts'

export const manifest: Manifest = {
  id: 'zadarma',
  title: { en: 'Zadarma and Novofon', ru: 'Zadarma и Novofon' },
  summary: {
    en: 'Calls of the Zadarma or Novofon (1.0) PBX and SMS to its numbers: cards while the phone rings, names on its display, recordings, click to call.',
    ru: 'Звонки АТС Zadarma или Novofon (1.0) и SMS на её номера: карточка, пока телефон звонит, имя на его экране, записи, звонок по клику.',
  },
  media: ['voice', 'sms'],
  isUrgent: true,
  transport: ['webhook'],
  proof: ['signature'],
  abilities: ['verify', 'asks', 'reply', 'fetchMedia', 'placeCall', 'history', 'directory'],
  steps: [
    {
      en: 'In the cabinet open Settings → API. Copy the key and the secret into this form. For Novofon also change the API address.',
      ru: 'В кабинете откройте «Настройки» → «API». Скопируйте ключ и секрет в эту форму. Для Novofon смените и адрес API.',
    },
    {
      en: 'Enter the time zone that the profile of the cabinet shows: times of calls come without one.',
      ru: 'Укажите часовой пояс из профиля кабинета: время звонков приходит без него.',
    },
    {
      en: 'Save, then paste the hook address of this channel there as the address for notifications. It is tried at once; tick all events of calls, and SMS.',
      ru: 'Сохраните, затем вставьте там адрес этого канала как адрес для уведомлений. Он проверяется сразу; отметьте все события звонков и SMS.',
    },
    {
      en: 'For recordings switch on keeping them in the cloud for each extension. Give each operator his extension in Team.',
      ru: 'Для записей включите их хранение в облаке для каждого внутреннего номера. Укажите номера операторам в разделе «Команда».',
    },
  ],
  icon: '<path d="M6 6h12L6 18h12"/><circle cx="12" cy="12" r="10"/>',
}
