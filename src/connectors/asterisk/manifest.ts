import type { Manifest } from '../../core/connector/manifest.ts'

export const manifest: Manifest = {
  id: 'asterisk',
  title: { en: 'Asterisk, FreePBX', ru: 'Asterisk, FreePBX' },
  summary: {
    en: 'Calls of your own Asterisk over AMI, with the dialplan as it is: cards while the phone rings, recordings, click to call.',
    ru: 'Звонки вашего Asterisk по AMI, без правки диалплана: карточка, пока телефон звонит, записи, звонок по клику.',
  },
  media: ['voice'],
  isUrgent: true,
  transport: ['session'],
  proof: ['session'],
  abilities: ['open', 'fetchMedia', 'placeCall', 'controlCall', 'history'],
  callCommands: ['hang_up', 'transfer', 'mute', 'unmute', 'pause_recording', 'resume_recording'],
  steps: [
    {
      en: 'In manager.conf switch AMI on for the address of the hub and add a user: read = call,cdr,dialplan,reporting,agent,user and write = call,originate,reporting.',
      ru: 'В manager.conf включите AMI для адреса хаба и добавьте пользователя: read = call,cdr,dialplan,reporting,agent,user и write = call,originate,reporting.',
    },
    {
      en: 'Never open port 5038 to the internet: a VPN, or TLS on 5039.',
      ru: 'Не открывайте порт 5038 в интернет: только VPN или TLS на 5039.',
    },
    {
      en: 'Fill in this form and save. Give each operator his extension in Team.',
      ru: 'Заполните форму и сохраните. Укажите каждому оператору внутренний номер в разделе «Команда».',
    },
    {
      en: 'For recordings give the folder as the hub sees it, or its address; for calls that were missed while there was no connection, the CDR file.',
      ru: 'Для записей укажите папку, как её видит хаб, или её адрес; для звонков, пропущенных без связи, — файл CDR.',
    },
  ],
  icon: '<path d="M12 3v18"/><path d="M4.2 7.5l15.6 9"/><path d="M19.8 7.5l-15.6 9"/><circle cx="12" cy="12" r="3"/>',
}
