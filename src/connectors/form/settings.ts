import { isSupportedCountry } from 'libphonenumber-js'
import { z } from 'zod'
import { secret } from '../../core/connector/settings.ts'
import { isTimeZone } from '../../core/connector/zoned-time.ts'
import { normaliseOrigin } from '../kits/pages/origins.ts'

/** What a field may be said to mean in the mapping. `ignore`: kept among the fields, never guessed. */
export const mappingRoles = [
  'name',
  'firstName',
  'lastName',
  'middleName',
  'phone',
  'email',
  'text',
  'company',
  'topic',
  'page',
  'referrer',
  'consent',
  'submittedAt',
  'ignore',
] as const

/** Two letters, ISO 3166-1. */
const country = z
  .string()
  .transform((code) => code.toUpperCase())
  .refine(isSupportedCountry, 'not a country code')

/** A field of the mapping with what is done to its value first. */
const mappedField = z.object({
  /** Absent: kept among the fields, as it is guessed. */
  as: z.enum(mappingRoles).optional(),
  /** Of phones that name no country themselves. */
  country: country.optional(),
  /** In which order day, month and year are written. */
  date: z.enum(['dmy', 'mdy', 'ymd']).optional(),
  /** What the form sends → what people read. */
  choices: z.record(z.string().max(200), z.string().max(200)).optional(),
})
export type MappedField = z.output<typeof mappedField>

const embedField = z.object({
  name: z.string().regex(/^[\p{L}][\p{L}\d_-]{0,39}$/u),
  type: z.enum(['text', 'tel', 'email', 'textarea', 'select', 'file']).default('text'),
  label: z.string().max(120).optional(),
  required: z.boolean().default(false),
  options: z.array(z.string().max(120)).max(50).default([]),
})

const embedConsent = z.object({
  text: z.string().min(1).max(1000),
  url: z.url({ protocol: /^https?$/ }).optional(),
  version: z.string().max(40).optional(),
})

const embedSettings = z
  .object({
    /** Absent: as the page asks for. */
    language: z.enum(['ru', 'en']).optional().meta({ title: 'Language', description: 'Absent: as the page asks for' }),
    title: z.string().max(120).optional().meta({ title: 'Heading' }),
    submit: z.string().max(60).optional().meta({ title: 'Text of the button' }),
    success: z.string().max(300).optional().meta({ title: 'Text after sending' }),
    colour: z
      .string()
      .regex(/^#[0-9a-fA-F]{6}$/)
      .default('#1c5fd4')
      .meta({ title: 'Colour of the button' }),
    fields: z
      .array(embedField)
      .min(1)
      .max(20)
      .default([
        { name: 'name', type: 'text', required: false, options: [] },
        { name: 'phone', type: 'tel', required: true, options: [] },
        { name: 'message', type: 'textarea', required: false, options: [] },
      ])
      .meta({ title: 'Fields' }),
    /** A box of its own, never ticked beforehand. */
    consent: embedConsent.optional().meta({ title: 'Consent', description: 'A box of its own, never ticked beforehand' }),
  })
  .meta({ title: 'Ready form' })

export const settings = z
  .object({
    proof: z.enum(['url', 'secret', 'public']).default('url').meta({
      title: 'Who may send',
      titleRu: 'Кто может присылать',
      description: 'url: who knows the address; secret: who shows the secret; public: browsers on the allowed sites',
      descriptionRu: 'url: кто знает адрес; secret: кто показал секрет; public: браузеры с разрешённых сайтов',
    }),
    secret: secret().min(8).max(200).optional().meta({
      title: 'Secret',
      titleRu: 'Секрет',
      description: 'For the proof "secret": sent in the header X-Hub-Key',
      descriptionRu: 'Для подтверждения «secret»: присылается в заголовке X-Hub-Key',
    }),
    /** For `public`: `https://shop.example`, `shop.example` or `*.shop.example`; empty allows every page. */
    origins: z
      .array(z.string().refine((origin) => normaliseOrigin(origin) !== undefined, 'not a site address'))
      .max(50)
      .default([])
      .meta({
        title: 'Allowed sites',
        titleRu: 'Разрешённые сайты',
        description: 'For the proof "public": shop.example or *.shop.example; empty allows all',
        descriptionRu: 'Для подтверждения «public»: shop.example или *.shop.example; пусто — любые',
      }),
    /** Field name or path, as the delivery log shows it → what it means, perhaps with what is done to its value. */
    mapping: z
      .record(z.string(), z.union([z.enum(mappingRoles), mappedField]))
      .default({})
      .meta({
        title: 'Mapping',
        titleRu: 'Соответствие полей',
        description: 'What a field means, where it is not guessed right',
        descriptionRu: 'Что значит поле, если оно угадано неверно',
        advanced: true,
      }),
    /** ISO 3166-1 alpha-2; for phones written without a country. Absent: the firm's own. */
    defaultCountry: country.optional().meta({
      title: 'Country of phones',
      titleRu: 'Страна телефонов',
      description: "Two letters, for numbers without a country; absent: the firm's own",
      descriptionRu: 'Две буквы, для номеров без кода страны; пусто — страна фирмы',
      advanced: true,
    }),
    /** Topic of the lead when the form names none. */
    topic: z.string().max(200).optional().meta({
      title: 'Topic',
      titleRu: 'Тема',
      description: 'For leads of forms that name none',
      descriptionRu: 'Для лидов с форм, которые тему не называют',
    }),
    /** IANA name; used to read times written without a zone. */
    timeZone: z.string().refine(isTimeZone, 'not a time zone').default('UTC').meta({
      title: 'Time zone',
      titleRu: 'Часовой пояс',
      description: 'For times written without one',
      descriptionRu: 'Для времени, написанного без пояса',
      advanced: true,
    }),
    /** Equal requests without any id within this time are marked "perhaps repeated". Minutes. */
    lookalikeMinutes: z.number().min(0).max(1440).default(10).meta({
      title: 'Look-alikes, minutes',
      titleRu: 'Повторы, минут',
      description: 'Equal requests within this time are marked "perhaps repeated"',
      descriptionRu: 'Одинаковые заявки за это время помечаются «возможно, повтор»',
      advanced: true,
    }),
    /** Filled in faster than this is taken for a robot, where the form tells the time. Seconds; 0 switches it off. */
    minFillSeconds: z.number().min(0).max(60).default(1).meta({
      title: 'Fastest person, seconds',
      titleRu: 'Самый быстрый человек, секунд',
      description: 'Filled in faster: quarantine; 0 switches it off',
      descriptionRu: 'Заполнено быстрее — в карантин; 0 выключает',
      advanced: true,
    }),
    /** More requests than this from one visitor's address within a minute are taken for a robot's. */
    maxPerMinute: z.number().int().min(1).max(100_000).default(10).meta({
      title: 'Most per minute',
      titleRu: 'Не больше в минуту',
      description: 'More from one visitor within a minute: quarantine',
      descriptionRu: 'Больше от одного посетителя за минуту — в карантин',
      advanced: true,
    }),
    /** Where a plain browser form goes after sending; absent: a short thank-you page. */
    thankYouUrl: z
      .url({ protocol: /^https?$/ })
      .optional()
      .meta({
        title: 'Page after sending',
        titleRu: 'Страница после отправки',
        description: 'For plain HTML forms; absent: a short page of ours',
        descriptionRu: 'Для обычных форм на HTML; пусто — короткая страница хаба',
        advanced: true,
      }),
    form: embedSettings.prefault({}),
  })
  .refine((value) => value.proof !== 'secret' || value.secret !== undefined, { path: ['secret'], message: 'the proof "secret" needs a secret' })

export type FormSettings = z.output<typeof settings>
