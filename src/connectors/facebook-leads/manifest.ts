import type { Manifest } from '../../core/connector/manifest.ts'

export const manifest: Manifest = {
  id: 'facebook-leads',
  title: { en: 'Facebook lead forms', ru: 'Лид-формы Facebook' },
  summary: {
    en: 'Requests from lead ads on Facebook and Instagram: every answer, the form, the advertisement and its campaign.',
    ru: 'Заявки из рекламы с лид-формами в Facebook и Instagram: все ответы, форма, объявление и кампания.',
  },
  media: ['form'],
  transport: ['webhook', 'session'],
  proof: ['signature', 'session'],
  abilities: ['verify', 'dedupeKey', 'afterDelivery', 'open', 'setUpWebhook'],
  steps: [
    {
      en: 'At developers.facebook.com create an app of the type Business for this hub alone. Copy its ID and its secret (App settings → Basic).',
      ru: 'На developers.facebook.com создайте приложение типа Business только для этого хаба. Скопируйте его ID и секрет (App settings → Basic).',
    },
    {
      en: 'Make a permanent page access token with leads_retrieval, pages_show_list, pages_manage_ads and pages_manage_metadata; in Leads Access Manager give the app access.',
      ru: 'Создайте постоянный токен страницы с leads_retrieval, pages_show_list, pages_manage_ads и pages_manage_metadata; в Leads Access Manager дайте приложению доступ.',
    },
    {
      en: 'Think of a verify token, save, and press "Register the hook".',
      ru: 'Придумайте Verify token, сохраните и нажмите «Зарегистрировать вебхук».',
    },
    {
      en: 'Send a test lead with the Lead Ads Testing Tool: it appears in Waiting.',
      ru: 'Отправьте тестовую заявку инструментом Lead Ads Testing Tool: она появится в «Ждут ответа».',
    },
  ],
  icon: '<path d="M4 5h16v14H4z"/><path d="M8 9h8"/><path d="M8 12h8"/><path d="M8 15h4"/>',
}
