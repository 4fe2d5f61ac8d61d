import type { Doors } from './doors.ts'

/** Requests from the firm's pages: a calculator, a landing page on Tilda and a quiz. */
export async function sendForms(doors: Doors): Promise<void> {
  for (const [minutesAgo, fields] of calculations) await doors.calculator(fields, minutesAgo)
  for (const [minutesAgo, fields] of landing) await doors.tilda(fields, minutesAgo)
  for (const [minutesAgo, fields] of quiz) await doors.quiz(fields, minutesAgo)
}

/** What a hub has to tell from requests: a repeat, a robot, a broken body, a wrong signature. */
export async function sendTroubles(doors: Doors): Promise<void> {
  const [minutesAgo, fields] = landing[1] ?? [0, {}]
  await doors.tilda(fields, minutesAgo)
  await doors.calculator({ name: 'Casino http://win.example', phone: '+7 999 000-11-22', comment: 'Best bonus http://win.example', sb_website: 'x' })
  await doors.rawToCalculator('{"name": "Тимур Сагитов", "phone": "+7 917 955-', 'application/json')
  await doors.quiz({ name: 'Светлана', phone: '+7 927 700-55-61', q1: 'Остекление' }, 0, 'old-secret')
}

const search = { utm_source: 'yandex', utm_medium: 'cpc', utm_campaign: 'balkon_samara', utm_term: 'остекление балкона цена' }
const maps = { utm_source: '2gis', utm_medium: 'card' }
const page = 'https://kontur-okna63.example'

const calculations: [number, Record<string, unknown>][] = [
  [
    410,
    {
      name: 'Марина Осипова',
      phone: '+7 927 004-18-36',
      email: 'm.osipova@mail.example',
      product: 'Балкон 6 м, тёплое остекление',
      page: `${page}/balkon`,
      ...search,
    },
  ],
  [
    395,
    {
      name: 'Тимур Сагитов',
      phone: '8 (917) 955-08-12',
      comment: 'Две створки, кухня. Можно белые, без ламинации.',
      page: `${page}/okna`,
      ...search,
    },
  ],
  [372, { name: 'Светлана Юдина', phone: '89276551904', topic: 'Окно в спальню', comment: '1500×1400, поворотно-откидное', page: `${page}/okna` }],
  [330, { name: 'Вадим Кротов', phone: '+7 937 188-40-02', comment: 'Сколько будет остеклить лоджию 3 метра под ключ?', ...maps }],
  [264, { name: 'Инна Козлова', phone: '+7 917 016-72-30', topic: 'Откосы и подоконник', page: `${page}/otkosy` }],
  [96, { name: 'Тимур Сагитов', phone: '+79179550812', comment: 'Ещё нужна москитная сетка на обе створки', page: `${page}/okna` }],
  [
    55,
    {
      name: 'Руслан Гатин',
      phone: '8 927 260-33-19',
      topic: 'Ремонт',
      comment: 'Дует из-под створки, два окна. Можно завтра?',
      page: `${page}/servis`,
    },
  ],
  [12, { name: 'Людмила', phone: '+7 846 300-17-45', comment: 'Перезвоните после пяти, пожалуйста' }],
]

const landing: [number, Record<string, string>][] = [
  [388, { Name: 'Гульнара Хайруллина', Phone: '+7 (927) 611-20-94', Works: 'Два окна, панельный дом', tranid: '467251:8442961', formid: 'form518' }],
  [
    350,
    {
      Name: 'Алексей Воронин',
      Phone: '8 (937) 072-11-05',
      Works: 'Балкон под ключ',
      Address: 'Ново-Садовая, 42',
      tranid: '467251:8442970',
      formid: 'form518',
      COOKIES: '_ym_uid=17316; TILDAUTM=utm_source%3D2gis%7C%7C%7Cutm_medium%3Dcard',
    },
  ],
  [300, { Name: 'Наиля Сабирова', Phone: '+7 (919) 804-55-13', Works: 'Замена фурнитуры', tranid: '467251:8442984', formid: 'form518' }],
  [
    221,
    {
      Name: 'Кирилл',
      Phone: '+7 (987) 441-09-77',
      Works: 'Остекление веранды',
      tranid: '467251:8443002',
      formid: 'form521',
      utm_source: 'vk',
      utm_campaign: 'dacha',
    },
  ],
  [
    140,
    {
      Name: 'Оксана Белова',
      Phone: '+7 (902) 371-64-28',
      Email: 'o.belova@post.example',
      Works: 'Окна в дом, 9 штук',
      tranid: '467251:8443019',
      formid: 'form521',
    },
  ],
  [34, { Name: 'Роман', Phone: '+7 (917) 123-98-40', Works: 'Раздвижная перегородка', tranid: '467251:8443044', formid: 'form518' }],
]

const quiz: [number, Record<string, unknown>][] = [
  [
    365,
    {
      name: 'Ирина Савельева',
      phone: '+7 927 733-12-08',
      email: 'irina.s@post.example',
      answers: { 'Длина балкона': '4–6 м', 'Когда нужно': 'в этом месяце' },
    },
  ],
  [251, { name: 'Павел Дронов', phone: '+7 937 640-75-31', answers: { 'Длина балкона': 'до 3 м', 'Когда нужно': 'просто прицениваюсь' } }],
  [118, { name: 'Юлия Маркова', phone: '8-927-018-52-66', answers: { 'Длина балкона': '6 м и больше', Утепление: 'нужно' } }],
  [21, { name: 'Эльдар', phone: '+7 917 808-43-15', answers: { 'Длина балкона': '4–6 м', Утепление: 'не нужно' } }],
]
