import type { Manifest } from '../../core/connector/manifest.ts'

export const manifest: Manifest = {
  id: 'twilio-voice',
  title: { en: 'Twilio Voice', ru: 'Twilio: звонки' },
  summary: {
    en: 'Calls to Twilio numbers: greeting, whom to ring, queue with music, voicemail, recordings of both sides, click to call.',
    ru: 'Звонки на номера Twilio: приветствие, кому звонить, очередь с музыкой, автоответчик, записи обеих сторон, звонок из карточки.',
  },
  media: ['voice'],
  isUrgent: true,
  transport: ['webhook'],
  proof: ['signature'],
  abilities: ['verify', 'dedupeKey', 'asks', 'reply', 'fetchMedia', 'placeCall', 'controlCall', 'history', 'setUpWebhook'],
  steps: [
    {
      en: 'On the first page of the Twilio console copy the Account SID and the Auth Token into this form, and your number.',
      ru: 'На первой странице консоли Twilio скопируйте в эту форму Account SID и Auth Token, а также укажите ваш номер.',
    },
    {
      en: 'Save and press "Set up the hook". By hand: Phone Numbers → the number → Voice: "A call comes in" is the hook address with /voice at its end, "Call status changes" the same with /status, both POST.',
      ru: 'Сохраните и нажмите «Настроить вебхук». Вручную: Phone Numbers → номер → Voice: «A call comes in» — адрес канала с /voice в конце, «Call status changes» — с /status, оба POST.',
    },
    {
      en: 'In Team give each operator his phone: +79990001122, client:anna for a Twilio client, sip:anna@example.sip.twilio.com or an extension of your SIP domain.',
      ru: 'В разделе «Команда» укажите каждому оператору телефон: +79990001122, client:anna для клиента Twilio, sip:anna@example.sip.twilio.com или внутренний номер вашего SIP-домена.',
    },
    {
      en: 'Switch on "Enforce HTTP auth on media URLs" in Voice → Settings: the hub shows its password for recordings.',
      ru: 'Включите «Enforce HTTP auth on media URLs» в Voice → Settings: хаб показывает пароль при загрузке записей.',
    },
  ],
  icon: '<circle cx="12" cy="12" r="9"/><circle cx="9.3" cy="9.3" r="1.6"/><circle cx="14.7" cy="9.3" r="1.6"/><circle cx="9.3" cy="14.7" r="1.6"/><circle cx="14.7" cy="14.7" r="1.6"/>',
  callCommands: ['hang_up', 'hold', 'resume', 'transfer', 'mute', 'unmute', 'pause_recording', 'resume_recording'],
}
