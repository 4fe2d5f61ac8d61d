import { z } from 'zod'
import { secret } from '../../core/connector/settings.ts'
import { normaliseOrigin } from '../kits/pages/origins.ts'

const asked = z.enum(['no', 'optional', 'required'])
const askedWords = {
  choices: {
    no: { en: 'do not ask', ru: 'не спрашивать' },
    optional: { en: 'ask', ru: 'спросить' },
    required: { en: 'require', ru: 'обязательно' },
  },
}
const perMinute = z.number().int().min(3)

/** Everything is flat, so that the console's form shows all of it. */
export const settings = z.object({
  origins: z
    .array(z.string().refine((origin) => normaliseOrigin(origin) !== undefined, 'not a site address'))
    .max(50)
    .default([])
    .meta({
      title: 'Allowed sites',
      titleRu: 'На каких сайтах',
      description: 'shop.example, *.shop.example; empty allows every site',
      descriptionRu: 'shop.example, *.shop.example; пусто — на любых',
    }),
  title: z.string().max(60).optional().meta({ title: 'Heading', titleRu: 'Заголовок' }),
  greeting: z.string().max(500).optional().meta({ title: 'First words', titleRu: 'Приветствие' }),
  offlineText: z.string().max(500).optional().meta({ title: 'Words when nobody is there', titleRu: 'Текст, когда никого нет' }),
  colour: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/)
    .default('#3352c4')
    .meta({ title: 'Colour', titleRu: 'Цвет', format: 'color' }),
  position: z
    .enum(['right', 'left'])
    .default('right')
    .meta({ title: 'Corner', titleRu: 'Угол страницы', choices: { right: { en: 'right', ru: 'справа' }, left: { en: 'left', ru: 'слева' } } }),
  /** Absent: as the page or the browser says. */
  language: z
    .enum(['ru', 'en'])
    .optional()
    .meta({
      title: 'Language',
      titleRu: 'Язык',
      description: 'Empty: as the page says',
      descriptionRu: 'Пусто: как у страницы',
      choices: { ru: { en: 'Russian', ru: 'русский' }, en: { en: 'English', ru: 'английский' } },
    }),
  askName: asked.default('optional').meta({ title: 'Name before the first word', titleRu: 'Имя перед первым сообщением', ...askedWords }),
  askPhone: asked.default('no').meta({ title: 'Phone before the first word', titleRu: 'Телефон перед первым сообщением', ...askedWords }),
  askEmail: asked.default('no').meta({ title: 'E-mail before the first word', titleRu: 'Почта перед первым сообщением', ...askedWords }),
  consentText: z.string().max(500).optional().meta({
    title: 'Consent line',
    titleRu: 'Строка согласия',
    description: 'Stands under the button and is kept with the message',
    descriptionRu: 'Стоит под кнопкой и хранится вместе с сообщением',
  }),
  consentUrl: z
    .url({ protocol: /^https?$/ })
    .optional()
    .meta({ title: 'Page of the privacy policy', titleRu: 'Страница политики' }),
  files: z.boolean().default(true).meta({ title: 'Visitors may send files', titleRu: 'Посетители могут слать файлы' }),
  showNames: z.boolean().default(true).meta({ title: 'Show who answers', titleRu: 'Показывать, кто отвечает' }),
  callback: z.boolean().default(true).meta({ title: 'Offer to call back', titleRu: 'Предлагать обратный звонок' }),
  /** Absent: a person calls. */
  callChannel: z.uuid().optional().meta({
    title: 'Calls back by itself',
    titleRu: 'Перезванивает сам',
    description: 'Telephony that rings whoever is there, then the visitor; empty: the wish waits for people',
    descriptionRu: 'Телефония, которая звонит тому, кто на месте, а затем посетителю; пусто: заявка ждёт людей',
    channelOf: 'voice',
    advanced: true,
  }),
  identifySecret: secret().min(16).max(200).optional().meta({
    title: 'Secret of identify()',
    titleRu: 'Секрет для identify()',
    description: 'Known to this hub and to the server of your site, never to a page',
    descriptionRu: 'Его знают хаб и сервер вашего сайта, но не страница',
    advanced: true,
  }),
  maxFileMegabytes: z.number().int().min(1).max(20).default(10).meta({ title: 'Largest file, MB', titleRu: 'Файл не больше, МБ', advanced: true }),
  maxPerMinute: perMinute
    .max(1_000)
    .default(30)
    .meta({ title: 'Most per minute of one visitor', titleRu: 'Не больше в минуту от посетителя', advanced: true }),
  maxPerAddress: perMinute
    .max(100_000)
    .default(300)
    .meta({ title: 'Most per minute of one network address', titleRu: 'Не больше в минуту с одного адреса', advanced: true }),
})

export type Settings = z.output<typeof settings>
