import type { Doors, TelegramPerson } from './doors.ts'

const marina = { id: 810_001, first_name: 'Марина', last_name: 'Осипова', username: 'marina_os' }
const denis = { id: 810_002, first_name: 'Денис', username: 'denis_klv' }
const oleg = { id: 810_003, first_name: 'Олег', last_name: 'Дмитриев' }
const lina = { id: 810_004, first_name: 'Лина', username: 'lina_home' }
const voronin = { id: 810_005, first_name: 'Алексей', last_name: 'Воронин' }
const artur = { id: 810_006, first_name: 'Артур' }

const shared = (person: TelegramPerson, phone: string) => ({
  contact: { phone_number: phone, first_name: person.first_name, user_id: person.id },
})

/**
 * Chats with the firm's bot. Marina and Aleksei share their own numbers, which Telegram attests: she does so first and is on her own card at
 * once; he wrote before, so his two cards are suggested to be one.
 */
export async function sendChats(doors: Doors): Promise<void> {
  for (const [minutesAgo, person, content] of chats) await doors.telegram(person, content, minutesAgo)
  await doors.repeatTelegram()
}

const picture = { file_id: 'okno-1', file_unique_id: 'okno1', width: 360, height: 270, file_size: 3_000 }

const chats: [number, TelegramPerson, object][] = [
  [320, denis, { text: 'Добрый день. Делаете французские балконы?' }],
  [316, denis, { text: 'Пятый этаж, дом 2012 года' }],
  [280, oleg, { text: 'Мастер будет завтра или перенос?' }],
  [236, voronin, { text: 'Здравствуйте, оставлял заявку на балкон. Когда замер?' }],
  [234, voronin, shared(voronin, '79370721105')],
  [205, lina, { photo: [picture], caption: 'Вот такое окно, нужно заменить стеклопакет' }],
  [203, lina, { text: 'Сколько это примерно стоит?' }],
  [150, artur, { text: '/start avito' }],
  [149, artur, { text: 'Нужны три окна, район Безымянки' }],
  [88, oleg, { location: { latitude: 53.2415, longitude: 50.2212 } }],
  [31, marina, shared(marina, '79270041836')],
  [30, marina, { text: 'Здравствуйте! Это Марина, писала вам на почту про балкон' }],
  [9, marina, { text: 'Тогда замер в субботу, до обеда можно?' }],
  [8, marina, { text: 'Дома будет муж, Андрей, он вам наберёт' }],
]
