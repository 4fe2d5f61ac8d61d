import type { Snippet } from '../../core/connector/connector.ts'
import type { Channel } from '../../core/connector/hub.ts'
import type { Settings } from './settings.ts'

/** Code for one channel. The secret of `identify()` never stands in it: only its place. */
export function snippets({ hookUrl, key }: Channel<Settings>): Snippet[] {
  const script = hookUrl.replace(/\/hooks\/.*$/, '/widget.js')
  const tag = `<script src="${script}" data-channel="${key}" async></script>`
  return [page(tag), own(tag), ...identify()]
}

function page(tag: string): Snippet {
  return {
    id: 'page',
    title: { en: 'Any site: one line', ru: 'Любой сайт: одна строка' },
    code: tag,
    steps: [
      {
        en: 'Paste it before </body> of every page. No cookies are set, nobody else is asked.',
        ru: 'Вставьте перед </body> на каждой странице. Cookies не ставятся, чужие серверы не вызываются.',
      },
      {
        en: 'Tilda: Site settings → More → HTML code for the body. WordPress has plug-ins for code in the footer.',
        ru: 'Tilda: Настройки сайта → Ещё → HTML-код для вставки перед </body>. WordPress: любой плагин для кода в подвале.',
      },
      {
        en: 'Under a strict content security policy allow this address in script-src, connect-src and img-src.',
        ru: 'При строгой Content-Security-Policy разрешите этот адрес в script-src, connect-src и img-src.',
      },
    ],
  }
}

function own(tag: string): Snippet {
  return {
    id: 'button',
    title: { en: 'A button of your own', ru: 'Своя кнопка' },
    code: `${tag}\n<button onclick="Switchboard('open')">Написать нам</button>\n<button onclick="Switchboard('callback')">Перезвоните мне</button>`,
    steps: [
      {
        en: "Switchboard('open'), 'close', 'callback', 'logout'; data-lang=\"en\" on the script sets the language, data-hidden hides the round button.",
        ru: "Switchboard('open'), 'close', 'callback', 'logout'; data-lang=\"en\" у скрипта задаёт язык, data-hidden прячет круглую кнопку.",
      },
    ],
  }
}

function identify(): Snippet[] {
  return [
    {
      id: 'identify-node',
      title: { en: 'Who this is: Node.js', ru: 'Кто это: Node.js' },
      code: `// On your server, for a client who has signed in:
import { createHmac } from 'node:crypto'
const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')
const body = part({ alg: 'HS256', typ: 'JWT' }) + '.' + part({
  sub: user.id, name: user.name, email: user.email, phone: user.phone, exp: Math.floor(Date.now() / 1000) + 3600,
})
const jwt = body + '.' + createHmac('sha256', process.env.CHAT_SECRET).update(body).digest('base64url')

// In the page, after the chat's script:
// window.Switchboard ||= (...a) => (Switchboard.q ||= []).push(a)
// Switchboard('identify', { jwt: '…' })`,
      steps: [secretStep],
    },
    {
      id: 'identify-php',
      title: { en: 'Who this is: PHP', ru: 'Кто это: PHP' },
      code: `<?php // For a client who has signed in; beside the hash only the id is proven.
$hash = hash_hmac('sha256', (string) $user->id, getenv('CHAT_SECRET')); ?>
<script>
  window.Switchboard = window.Switchboard || function () { (Switchboard.q = Switchboard.q || []).push([].slice.call(arguments)) }
  Switchboard('identify', <?= json_encode(['userId' => (string) $user->id, 'hash' => $hash, 'name' => $user->name], JSON_HEX_TAG) ?>)
</script>`,
      steps: [secretStep],
    },
  ]
}

const secretStep = {
  en: 'Put a random text of 32 letters or more into "Secret of identify()" here and into CHAT_SECRET of your server. It must never stand in a page.',
  ru: 'Впишите случайный текст от 32 знаков в «Секрет для identify()» здесь и в CHAT_SECRET вашего сервера. На странице его быть не должно.',
}
