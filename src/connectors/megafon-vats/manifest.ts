import type { Manifest } from '../../core/connector/manifest.ts'

export const manifest: Manifest = {
  id: 'megafon-vats',
  title: { en: 'MegaFon Virtual PBX', ru: 'МегаФон Виртуальная АТС' },
  summary: {
    en: 'Calls of the MegaFon virtual PBX and of its siblings: Gravitel, Kcell, Moldcell, regional cloud PBXs.',
    ru: 'Звонки виртуальной АТС МегаФона и её собратьев: Гравител, Kcell, Moldcell, региональные облачные АТС.',
  },
  media: ['voice'],
  isUrgent: true,
  transport: ['webhook'],
  proof: ['secret'],
  abilities: ['verify', 'asks', 'reply', 'fetchMedia', 'placeCall', 'history', 'directory'],
  steps: [
    {
      en: 'In the cabinet of the PBX open Settings → Integration with CRM → REST API.',
      ru: 'В кабинете АТС откройте «Настройки» → «Интеграция с CRM» → «REST API».',
    },
    {
      en: 'Paste the hook address of this channel as the address of the CRM. Copy the key for requests to the CRM and the key for requests to the PBX into this form.',
      ru: 'Вставьте адрес этого канала как адрес CRM. Скопируйте в эту форму ключ для запросов к CRM и ключ для запросов к АТС.',
    },
    {
      en: 'Give each operator his login of the PBX in Team: by it the hub knows whose phone rings.',
      ru: 'Укажите каждому оператору его логин в АТС в разделе «Команда»: по нему хаб знает, чей телефон звонит.',
    },
  ],
  icon: '<circle cx="12" cy="12" r="9"/><path d="M8.5 8.5c1 3 4 6 7 7l1.5-2-2.3-1.4-1.2 1c-1-.6-2-1.6-2.6-2.6l1-1.2L10.5 7z"/>',
}
