import type { Manifest } from '../../core/connector/manifest.ts'

export const manifest: Manifest = {
  id: 'mango-office',
  title: { en: 'MANGO OFFICE', ru: 'MANGO OFFICE' },
  summary: {
    en: 'Calls of the MANGO OFFICE virtual PBX: cards while the phone rings, recordings, click to call.',
    ru: 'Звонки виртуальной АТС MANGO OFFICE: карточка, пока телефон звонит, записи, звонок по клику.',
  },
  media: ['voice'],
  isUrgent: true,
  transport: ['webhook'],
  proof: ['signature'],
  abilities: ['verify', 'fetchMedia', 'placeCall', 'controlCall', 'history', 'directory'],
  callCommands: ['hang_up', 'transfer'],
  steps: [
    {
      en: 'In lk.mango-office.ru open Integrations → API connector and add an external system.',
      ru: 'В lk.mango-office.ru откройте «Интеграции» → «API коннектор» и добавьте внешнюю систему.',
    },
    {
      en: 'Copy the unique code of your PBX and the key for creating the signature into this form.',
      ru: 'Скопируйте уникальный код вашей АТС и ключ для создания подписи в эту форму.',
    },
    {
      en: 'Save, then paste the hook address of this channel there as the address of the external system, and press "Check connection".',
      ru: 'Сохраните, затем вставьте адрес этого канала как адрес внешней системы и нажмите «Проверить подключение».',
    },
    {
      en: 'For recordings switch on keeping them in the cloud storage. Give each operator his extension in Team.',
      ru: 'Для записей включите их хранение в облаке. Укажите каждому оператору внутренний номер в разделе «Команда».',
    },
  ],
  icon: '<path d="M5 4h4l2 5-2.5 1.5a11 11 0 0 0 5 5L15 13l5 2v4a2 2 0 0 1-2 2A16 16 0 0 1 3 6a2 2 0 0 1 2-2"/><path d="M15 3a6 6 0 0 1 6 6"/>',
}
