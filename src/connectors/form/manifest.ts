import type { Manifest } from '../../core/connector/manifest.ts'

export const manifest: Manifest = {
  id: 'form',
  title: { en: 'Site forms', ru: 'Формы сайта' },
  summary: {
    en: 'Takes requests from any site form and recognises it by itself: HTML, JSON, Tilda, Contact Form 7, Gravity Forms, WPForms, Elementor, Typeform, Google and Yandex forms; or a ready form of our own.',
    ru: 'Принимает заявки с любых форм сайта и сам узнаёт их: HTML, JSON, Tilda, Contact Form 7, Gravity Forms, WPForms, Elementor, Typeform, формы Google и Яндекса; или нашу готовую форму.',
  },
  media: ['form'],
  transport: ['webhook'],
  proof: ['url', 'secret', 'public'],
  abilities: ['verify', 'dedupeKey', 'reply', 'embed', 'snippets', 'readFields', 'readExample', 'testRequest'],
  steps: [
    {
      en: 'Save the channel: no setting has to be filled in.',
      ru: 'Сохраните канал: заполнять настройки не обязательно.',
    },
    {
      en: 'Copy its address, or one of the ready snippets, into your site or form builder.',
      ru: 'Скопируйте адрес канала или готовый фрагмент кода на сайт или в конструктор форм.',
    },
    {
      en: 'Send a test, then one request from the site: the lamp in "Forms" turns green by itself.',
      ru: 'Отправьте проверку, затем одну заявку с сайта: лампа в разделе «Формы» станет зелёной сама.',
    },
    {
      en: 'If a field was guessed wrong, drag it onto the line of the card that it is, and look what the past would have become.',
      ru: 'Если поле угадано неверно, перетащите его на нужную строку карточки и посмотрите, чем стали бы прошлые заявки.',
    },
  ],
  icon: '<rect x="5" y="3" width="14" height="18" rx="2"/><path d="M9 8h6M9 12h6M9 16h3"/>',
}
