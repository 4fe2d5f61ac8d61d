import { z } from 'zod'
import { secret } from '../../core/connector/settings.ts'
import { normaliseOrigin } from '../kits/pages/origins.ts'

const asked = z.enum(['no', 'optional', 'required'])

/** Everything is flat, so that the console's form shows all of it. */
export const settings = z.object({
  origins: z
    .array(z.string().refine((origin) => normaliseOrigin(origin) !== undefined, 'not a site address'))
    .max(50)
    .default([])
    .meta({ title: 'Allowed sites', titleRu: 'На каких сайтах', description: 'shop.example, *.shop.example' }),
  title: z.string().max(60).optional().meta({ title: 'Heading', titleRu: 'Заголовок' }),
  greeting: z.string().max(500).optional().meta({ title: 'First words', titleRu: 'Приветствие' }),
  offlineText: z.string().max(500).optional().meta({ title: 'Words when nobody is there', titleRu: 'Текст, когда никого нет' }),
  colour: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/)
    .default('#3352c4')
    .meta({ title: 'Colour', titleRu: 'Цвет' }),
  position: z.enum(['right', 'left']).default('right').meta({ title: 'Corner', titleRu: 'Угол страницы' }),
  /** Absent: as the page or the browser says. */
  language: z.enum(['ru', 'en']).optional().meta({ title: 'Language', titleRu: 'Язык', description: 'ru, en' }),
  askName: asked.default('optional').meta({ title: 'Ask the name first', titleRu: 'Спросить имя' }),
  askPhone: asked.default('no').meta({ title: 'Ask the phone first', titleRu: 'Спросить телефон' }),
  askEmail: asked.default('no').meta({ title: 'Ask the e-mail first', titleRu: 'Спросить почту' }),
  consentText: z.string().max(500).optional().meta({ title: 'Consent line', titleRu: 'Строка согласия' }),
  consentUrl: z
    .url({ protocol: /^https?$/ })
    .optional()
    .meta({ title: 'Page of the privacy policy', titleRu: 'Страница политики' }),
  files: z.boolean().default(true).meta({ title: 'Visitors may send files', titleRu: 'Посетители могут слать файлы' }),
  showNames: z.boolean().default(true).meta({ title: 'Show who answers', titleRu: 'Показывать имя сотрудника' }),
  callback: z.boolean().default(true).meta({ title: 'Offer to call back', titleRu: 'Предлагать обратный звонок' }),
  /** Absent: a person calls. */
  callChannel: z
    .uuid()
    .optional()
    .meta({ title: 'Channel that calls back by itself (its id)', titleRu: 'Канал, который перезванивает сам (id)', advanced: true }),
  identifySecret: secret().min(16).max(200).optional().meta({ title: 'Secret of identify()', titleRu: 'Секрет для identify()', advanced: true }),
  maxFileMegabytes: z.number().int().min(1).max(20).default(10).meta({ title: 'Largest file, MB', titleRu: 'Файл не больше, МБ', advanced: true }),
  maxPerMinute: z
    .number()
    .int()
    .min(3)
    .max(1_000)
    .default(30)
    .meta({ title: 'Most per minute of one visitor', titleRu: 'Не больше в минуту от посетителя', advanced: true }),
  maxPerAddress: z
    .number()
    .int()
    .min(3)
    .max(100_000)
    .default(300)
    .meta({ title: 'Most per minute of one network address', titleRu: 'Не больше в минуту с одного адреса', advanced: true }),
})

export type Settings = z.output<typeof settings>
