import type { Manifest } from '../../core/connector/manifest.ts'

export const manifest: Manifest = {
  id: 'pbx-webhook',
  title: { en: 'Any other PBX (webhook)', ru: 'Любая другая АТС (вебхук)' },
  summary: {
    en: 'Calls of any PBX that can send signed JSON: its fields are mapped where they are not understood by themselves.',
    ru: 'Звонки любой АТС, которая умеет отправлять подписанный JSON: непонятные поля назначаются вручную.',
  },
  media: ['voice'],
  isUrgent: true,
  transport: ['webhook'],
  proof: ['signature', 'secret'],
  abilities: ['verify', 'fetchMedia', 'snippets'],
  steps: [
    {
      en: 'Think of a secret of long and random, and enter it here.',
      ru: 'Придумайте секрет, длинный и случайный, и введите его здесь.',
    },
    {
      en: 'Let the PBX send each event of a call as JSON to the hook address, signed with X-Signature: HMAC-SHA256 of the body in hex, or with the secret itself in X-Hub-Key.',
      ru: 'Настройте в АТС отправку каждого события звонка как JSON на адрес канала с подписью X-Signature: HMAC-SHA256 тела в hex, или с самим секретом в X-Hub-Key.',
    },
    {
      en: 'Call yourself: the call appears in Calls. Where a field was not understood, the delivery log shows it: map it in the settings and replay.',
      ru: 'Позвоните себе: звонок появится в «Звонках». Если поле не распознано, его видно в журнале приёма: назначьте его в настройках и прогоните заново.',
    },
  ],
  icon: '<rect x="3" y="4" width="18" height="7" rx="1.5"/><path d="M7 7.5h.01M11 7.5h6"/><path d="M12 11v4M8 20l4-5 4 5"/>',
}
