import { createTransport } from 'nodemailer'
import type { FakeTelegram } from '../support/fake-telegram.ts'

// A believable firm: windows and balconies in Samara. Everything comes through the hub's real doors.

export interface Firm {
  url: string
  key: string
  smtpPort: number
  telegram: FakeTelegram
}

interface Channel {
  id: string
  hookUrl: string
}

async function call<Body>({ url, key }: Firm, method: string, path: string, body?: object): Promise<Body> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  const answer = await fetch(`${url}/api/v1${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as Body
}

export async function openFirm(firm: Firm): Promise<{ calculator: Channel; service: Channel; mail: Channel; bot: Channel }> {
  const add = (connector: string, name: string, settings: object) => call<Channel>(firm, 'POST', '/channels', { connector, name, settings })
  return {
    calculator: await add('form', 'Сайт, «Рассчитать»', {}),
    service: await add('form', 'Сайт, «Сервис»', { proof: 'secret', secret: 'kontur-okna-63' }),
    mail: await add('email', 'Почта zakaz@', {
      address: 'zakaz@kontur-okna63.ru',
      incoming: 'door',
      fromName: 'Контур Окна',
      smtpHost: '127.0.0.1',
      smtpPort: firm.smtpPort,
      smtpSecurity: 'none',
    }),
    bot: await add('telegram', '@kontur_okna_bot', { token: firm.telegram.token, apiRoot: firm.telegram.apiRoot }),
  }
}

export async function submit(hookUrl: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<number> {
  const body = new URLSearchParams(fields)
  return (await fetch(hookUrl, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers }, body })).status
}

const forms = [
  {
    Name: 'Марина Осипова',
    Phone: '+7 927 004-18-36',
    Email: 'm.osipova@mail.ru',
    Тема: 'Балкон 6 м, тёплое остекление',
    Сообщение: 'Интересует балкон 6 метров, можно ли с ламинацией?',
    utm_source: 'yandex',
    utm_medium: 'cpc',
    utm_campaign: 'balkon_samara',
    utm_term: 'остекление балкона цена',
  },
  {
    Name: 'Алексей Воронин',
    Phone: '8 (937) 072-11-05',
    Тема: 'Балкон под ключ',
    Адрес: 'Ново-Садовая, 42',
    Сообщение: 'Балкон под ключ, Ново-Садовая, 42',
    utm_source: '2gis',
    utm_medium: 'card',
  },
  { Name: 'Руслан Гатин', Phone: '+7 917 118-40-22', Тема: 'Ремонт', Сообщение: 'Дует из-под створки, 2 окна' },
  { Name: 'Тимур Сагитов', Phone: '+7 902 331-08-15', Тема: 'Окна в кирпичный дом', Сообщение: 'Три окна, нужен замер', utm_source: 'avito' },
]

const letters = [
  {
    from: 'Игорь Лапин <lapin@vhod-group.ru>',
    cc: 'Ольга Снабжение <snab@vhod-group.ru>',
    subject: 'Re: КП на остекление входной группы',
    text: 'Добрый день!\n\nПосмотрели предложение. Можно ли заменить стеклопакет на закалённый и прислать обновлённое КП до пятницы?\n\nС уважением,\nИгорь Лапин',
  },
  {
    from: 'Марина Осипова <m.osipova@mail.ru>',
    subject: 'Расчёт балкона',
    text: 'Добрый день! Посмотрели с мужем, в целом подходит. Можно ли вместо Grazio поставить Brillant и сколько это добавит? План балкона прикладываю.\n\n> 19 ноября 2026, 12:02, Контур Окна писал:\n> Марина, здравствуйте! Отправляем расчёт.\n> Профиль Grazio, 6 метров.',
    html: '<p>Добрый день! Посмотрели с мужем, в целом <b>подходит</b>. Можно ли вместо Grazio поставить Brillant и сколько это добавит? План балкона прикладываю.</p><blockquote>19 ноября 2026, 12:02, Контур Окна писал:<br>Марина, здравствуйте! Отправляем расчёт.<br>Профиль Grazio, 6 метров.</blockquote>',
    attachments: [{ filename: 'план-балкона.pdf', content: Buffer.alloc(184_320, 7), contentType: 'application/pdf' }],
  },
  {
    from: 'ТСЖ «Волжские зори» <tsg@volzhskie-zori.ru>',
    subject: 'Акт выполненных работ, подъезд 3',
    text: 'Просим прислать акт по третьему подъезду.',
  },
]

const chats = [
  {
    id: 6601,
    first_name: 'Марина',
    last_name: 'Осипова',
    username: 'marina_os',
    texts: ['Здравствуйте! Это Марина, писала вам на почту про балкон'],
  },
  { id: 6602, first_name: 'Пётр', last_name: 'Каримов', username: 'karimov_p', texts: ['Здравствуйте, откосы делаете отдельно?'] },
  { id: 6603, first_name: 'Наиля', last_name: 'Сабирова', username: 'nailya', texts: ['Спасибо! А гарантия на фурнитуру?'] },
]

/** A morning of requests, letters and messages. */
export async function sendMorning(firm: Firm, channels: Awaited<ReturnType<typeof openFirm>>): Promise<void> {
  for (const fields of forms) await submit(channels.calculator.hookUrl, fields)
  await submit(channels.service.hookUrl, { Name: 'Проверка' }, { 'x-hub-key': 'wrong' })
  const transport = createTransport({ host: '127.0.0.1', port: firm.smtpPort, secure: false, ignoreTLS: true })
  for (const letter of letters) await transport.sendMail({ to: 'zakaz@kontur-okna63.ru', ...letter })
  transport.close()
  let messageId = 10
  for (const { texts, id, ...who } of chats) {
    const from = { id, is_bot: false, language_code: 'ru', ...who }
    const base = () => ({ message_id: ++messageId, date: Math.floor(Date.now() / 1000), chat: { id, type: 'private' }, from })
    for (const text of texts) firm.telegram.push({ message: { ...base(), text } })
    if (id !== 6601) continue
    firm.telegram.push({ message: { ...base(), contact: { phone_number: '79270041836', first_name: who.first_name, user_id: id } } })
    firm.telegram.push({ message: { ...base(), text: 'Тогда замер в субботу, до обеда можно?' } })
    firm.telegram.push({ message: { ...base(), text: 'Дома будет муж, Андрей, он вам наберёт' } })
  }
}
