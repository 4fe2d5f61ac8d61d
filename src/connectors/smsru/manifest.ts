import type { Manifest } from '../../core/connector/manifest.ts'
import { safeLength } from '../kits/sms/segments.ts'

/** More SMS than this SMS.ru does not join (sms.ru/api/status, code 205). */
export const mostSegments = 8

export const manifest: Manifest = {
  id: 'smsru',
  title: { en: 'SMS.ru', ru: 'SMS.ru' },
  summary: {
    en: 'SMS to your clients through SMS.ru, with what became of each.',
    ru: 'SMS вашим клиентам через SMS.ru, с отметкой о доставке каждого.',
  },
  media: ['sms'],
  transport: ['webhook'],
  proof: ['signature'],
  abilities: ['verify', 'reply', 'render', 'send', 'setUpWebhook'],
  steps: [
    {
      en: 'In the cabinet of SMS.ru open API and copy your api_id into this form.',
      ru: 'В кабинете SMS.ru откройте раздел API и скопируйте ваш api_id в эту форму.',
    },
    {
      en: 'Where you have an approved sender, enter its name.',
      ru: 'Если у вас есть согласованное имя отправителя, укажите его.',
    },
    {
      en: 'Save, and let the hub register its address for statuses, or paste the hook address of this channel in the cabinet under Callback.',
      ru: 'Сохраните и позвольте хабу зарегистрировать свой адрес для статусов, или вставьте адрес этого канала в кабинете в разделе Callback.',
    },
  ],
  icon: '<path d="M4 5h16v11H9l-5 4z"/><path d="M8 9h8M8 12h5"/>',
  limits: { textLength: safeLength(mostSegments), attachmentTypes: [] },
  reaches: ['phone'],
}
