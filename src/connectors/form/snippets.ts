import type { Snippet } from '../../core/connector/connector.ts'
import type { Channel } from '../../core/connector/hub.ts'
import type { FormSettings } from './settings.ts'
import { googleScript, htmlForm, jsForm, phpFunction, wordpressPlugin, yandexTemplate } from './snippet-code.ts'

export const secretPlace = 'YOUR_SECRET'

/** Ready code for one channel. The secret itself never stands in it: `YOUR_SECRET` marks its place. */
export function snippets(channel: Channel<FormSettings>): Snippet[] {
  const { hookUrl, settings } = channel
  const secret = settings.proof === 'secret' ? secretPlace : undefined
  const forPages = secret === undefined ? [embed(hookUrl), html(hookUrl), js(hookUrl)] : []
  return [
    curl(hookUrl, secret),
    ...forPages,
    php(hookUrl, secret),
    tilda(hookUrl, secret),
    wordpress(hookUrl, secret),
    google(hookUrl, secret),
    yandex(hookUrl, secret),
  ]
}

function curl(url: string, secret: string | undefined): Snippet {
  const header = secret === undefined ? '' : ` \\\n  -H 'X-Hub-Key: ${secret}'`
  const body = JSON.stringify({ name: 'Анна', phone: '+7 916 123-45-67', message: 'Перезвоните, пожалуйста', utm_source: 'test' })
  return {
    id: 'curl',
    title: { en: 'curl: a test request', ru: 'curl: пробная заявка' },
    code: `curl -X POST '${url}' \\\n  -H 'Content-Type: application/json'${header} \\\n  -d '${body}'`,
    steps: [
      {
        en: 'Run it in a terminal: {"ok":true} means that the request is stored.',
        ru: 'Выполните в терминале: {"ok":true} значит, что заявка сохранена.',
      },
    ],
  }
}

function embed(url: string): Snippet {
  const script = url.replace(/\/hooks\/[^/]+\/([^/]+)$/, '/forms/$1.js')
  return {
    id: 'embed',
    title: { en: 'Ready form', ru: 'Готовая форма' },
    code: `<script src="${script}" async></script>`,
    steps: [
      { en: 'Paste it where the form shall stand.', ru: 'Вставьте в то место страницы, где должна быть форма.' },
      {
        en: 'To put it elsewhere, add data-target="#id" with the selector of an element.',
        ru: 'Чтобы поместить форму в другое место, добавьте data-target="#id" с селектором элемента.',
      },
    ],
  }
}

function html(url: string): Snippet {
  return {
    id: 'html',
    title: { en: 'HTML form', ru: 'Форма на HTML' },
    code: htmlForm(url),
    steps: [{ en: 'Or set the action of a form you already have to this address.', ru: 'Или укажите этот адрес в action уже имеющейся формы.' }],
  }
}

function js(url: string): Snippet {
  return {
    id: 'js',
    title: { en: 'JavaScript', ru: 'JavaScript' },
    code: jsForm(url),
    steps: [{ en: 'Replace #my-form by the selector of your form.', ru: 'Замените #my-form на селектор вашей формы.' }],
  }
}

function php(url: string, secret: string | undefined): Snippet {
  return {
    id: 'php',
    title: { en: 'PHP', ru: 'PHP' },
    code: phpFunction(url, secret),
    steps: [{ en: 'Call it where your site handles the form.', ru: 'Вызовите там, где сайт обрабатывает форму.' }],
  }
}

function tilda(url: string, secret: string | undefined): Snippet {
  return {
    id: 'tilda',
    title: { en: 'Tilda', ru: 'Tilda' },
    code: secret === undefined ? url : `${url}?secret=${secret}`,
    steps: [
      {
        en: 'Site settings → Forms → Webhook: paste the address, tick "Send cookies" (for UTM), save: Tilda tests it at once.',
        ru: 'Настройки сайта → Формы → Webhook: вставьте адрес, отметьте «Передавать cookies» (для UTM), сохраните: Tilda сразу проверит его.',
      },
      {
        en: 'Tick the new receiver in the settings of every form, then publish all pages.',
        ru: 'Отметьте новый приёмник в настройках каждой формы и опубликуйте все страницы.',
      },
    ],
  }
}

function wordpress(url: string, secret: string | undefined): Snippet {
  return {
    id: 'wordpress',
    title: { en: 'WordPress (Contact Form 7)', ru: 'WordPress (Contact Form 7)' },
    code: wordpressPlugin(url, secret),
    steps: [
      {
        en: 'Save it as wp-content/mu-plugins/switchboard.php: every Contact Form 7 form is sent from then on.',
        ru: 'Сохраните как wp-content/mu-plugins/switchboard.php: с этого момента отправляются все формы Contact Form 7.',
      },
      {
        en: 'WPForms, Gravity Forms, Elementor: add a Webhook action with the address of this channel, method POST, named fields.',
        ru: 'WPForms, Gravity Forms, Elementor: добавьте действие Webhook с адресом этого канала, метод POST, поля с именами.',
      },
    ],
  }
}

function google(url: string, secret: string | undefined): Snippet {
  return {
    id: 'google-forms',
    title: { en: 'Google Forms', ru: 'Google Формы' },
    code: googleScript(url, secret),
    steps: [
      { en: 'Form → ⋮ → Apps Script: paste and save.', ru: 'Форма → ⋮ → Apps Script: вставьте и сохраните.' },
      { en: 'Triggers → Add: function send, event "On form submit".', ru: 'Триггеры → Добавить: функция send, событие «При отправке формы».' },
    ],
  }
}

function yandex(url: string, secret: string | undefined): Snippet {
  return {
    id: 'yandex-forms',
    title: { en: 'Yandex Forms', ru: 'Яндекс Формы' },
    code: yandexTemplate(url, secret),
    steps: [
      {
        en: 'Integrations → "Request with a given method": POST, this address, Content-Type application/json, the body below; pick each variable from the list.',
        ru: 'Интеграции → «Запрос заданным методом»: POST, этот адрес, Content-Type application/json, тело ниже; каждую переменную выберите из списка.',
      },
      {
        en: 'Yandex sends only over IPv6 (2a02:6b8:c00::/40): the hub needs an IPv6 address.',
        ru: 'Яндекс отправляет только по IPv6 (2a02:6b8:c00::/40): хабу нужен адрес IPv6.',
      },
    ],
  }
}
