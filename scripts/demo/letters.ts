import { type Doors, mailbox } from './doors.ts'
import { windowPicture } from './window-picture.ts'

/** Letters to the firm's mailbox, through the SMTP door of the hub. */
export async function sendLetters(doors: Doors): Promise<void> {
  for (const letter of letters) await doors.letter(letter)
}

const photo = (filename: string) => ({ filename, content: windowPicture(), contentType: 'image/png' })

const letters: Parameters<Doors['letter']>[0][] = [
  {
    minutesAgo: 382,
    from: 'Игорь Лапин <lapin@samara-fasad.example>',
    subject: 'КП на остекление входной группы',
    text: 'Добрый день!\n\nПросим подготовить предложение на входную группу, чертёж во вложении. Срок — до конца месяца.\n\nИгорь Лапин\nООО «Самара-Фасад»',
    attachments: [{ filename: 'входная группа.pdf', content: Buffer.from('%PDF-1.4\n% чертёж\n'), contentType: 'application/pdf' }],
  },
  {
    minutesAgo: 340,
    from: 'ТСЖ «Волжские зори» <pravlenie@zori63.example>',
    subject: 'Акт выполненных работ, подъезд 3',
    html: '<p>Здравствуйте!</p><p>Акт подписан, скан во вложении. <b>Второй экземпляр</b> передадим с мастером.</p><p>Правление ТСЖ</p>',
    attachments: [photo('акт, страница 1.png'), photo('акт, страница 2.png')],
  },
  {
    minutesAgo: 312,
    from: 'Ирина Савельева <irina.s@post.example>',
    subject: 'Фото проёма',
    text: 'Здравствуйте! Заполняла квиз про балкон. Отправляю фото проёма, как просили.',
    attachments: [photo('проём.png')],
  },
  {
    minutesAgo: 290,
    from: 'Завод «Профиль-Волга» <no-reply@profil-volga.example>',
    subject: 'Прайс-лист на декабрь',
    text: 'Цены на декабрь во вложении. Письмо отправлено автоматически.',
    headers: { 'Auto-Submitted': 'auto-generated', Precedence: 'bulk', 'List-Unsubscribe': '<mailto:off@profil-volga.example>' },
  },
  {
    minutesAgo: 245,
    from: 'Анна Ким <anna.kim@arhburo.example>',
    cc: 'Пётр Ильин <ilin@arhburo.example>',
    subject: 'Панорамное остекление, объект в Волжском',
    text: 'Добрый день! Нужен расчёт на панорамные окна, 42 м². Коллега в копии, он ведёт проект.',
  },
  {
    minutesAgo: 170,
    from: 'Пётр Ильин <ilin@arhburo.example>',
    subject: 'Re: Панорамное остекление, объект в Волжском',
    text: 'Добавлю: профиль не ниже 70 мм, цвет антрацит с двух сторон.',
    headers: { 'X-Mailer': 'demo' },
  },
  {
    minutesAgo: 125,
    from: 'Бухгалтерия <buh@samara-fasad.example>',
    subject: 'Счёт № 214 — нужен оригинал',
    text: 'Коллеги, пришлите, пожалуйста, оригинал счёта № 214 по почте.',
  },
  {
    minutesAgo: 64,
    from: 'Оксана Белова <o.belova@post.example>',
    subject: 'Дополнение к заявке на окна',
    text: 'Здравствуйте. Оставляла заявку на 9 окон. Два из них — арочные, это возможно?',
  },
  { minutesAgo: 18, from: 'n.frolov@post.example', subject: '', text: 'А вы работаете в Тольятти? Нужно заменить стеклопакет.' },
]

/** She answers our letter: by its Message-ID it joins the same exchange. */
export async function answerAsMarina(doors: Doors, messageId: string, subject: string): Promise<void> {
  await doors.letter({
    minutesAgo: 40,
    from: 'Марина Осипова <m.osipova@mail.example>',
    to: mailbox,
    subject: `Re: ${subject}`,
    inReplyTo: messageId,
    references: [messageId],
    text: 'Добрый день! Посмотрели с мужем, в целом подходит. Можно ли вместо Grazio поставить Brillant и сколько это добавит?\nПлан балкона прикладываю.\n\n> Марина, добрый день! Расчёт балкона готов.',
    attachments: [photo('план-балкона.png')],
  })
}
