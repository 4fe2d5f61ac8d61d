import type { Language } from '../access/user.ts'

export type ReviewKind = 'call' | 'conversation' | 'card'

/** One line of the checklist: it was done, or it was not. */
export interface ChecklistItem {
  id: string
  part: ReviewKind
  text: string
}

export interface Checklist {
  items: ChecklistItem[]
  /** How many calls of each operator and day are drawn for review. */
  perDay: number
}

/** An item with the words of the day on which it was marked. */
export interface Mark {
  itemId: string
  part: ReviewKind
  text: string
  /** Null: does not apply, or nobody has looked. */
  value: 0 | 1 | null
  /** The moment of the call that shows it, in seconds. */
  atSeconds: number | null
}

export interface ReviewView {
  id: string
  kind: ReviewKind
  subjectId: string
  /** Whose work it was; null: nobody's. */
  userId: string | null
  reviewerId: string
  marks: Mark[]
  ones: number
  marked: number
  createdAt: string
  updatedAt: string
}

/** Which items a thing is looked at by: a call and a conversation also by the card that they left behind. */
export function itemsFor(checklist: Checklist, kind: ReviewKind): ChecklistItem[] {
  return checklist.items.filter(({ part }) => part === kind || part === 'card')
}

/** What is done counts one; only what is marked counts at all. */
export function totalOf(marks: readonly Mark[]): { ones: number; marked: number } {
  return { ones: marks.filter(({ value }) => value === 1).length, marked: marks.filter(({ value }) => value !== null).length }
}

const first: Record<Language, [ReviewKind, string][]> = {
  ru: [
    ['call', 'Представился, назвал фирму'],
    ['call', 'Спросил имя клиента'],
    ['call', 'Выяснил задачу до цены'],
    ['call', 'Назвал срок'],
    ['call', 'Договорился о следующем шаге'],
    ['conversation', 'Поздоровался, назвал себя'],
    ['conversation', 'Ответил на все вопросы'],
    ['conversation', 'Договорился о следующем шаге'],
    ['card', 'Заметка понятна другому'],
    ['card', 'Обещанное стоит задачей'],
    ['card', 'Источник и тема заполнены'],
  ],
  en: [
    ['call', 'Gave his name and the firm'],
    ['call', 'Asked the client’s name'],
    ['call', 'Learned the need before the price'],
    ['call', 'Named a date'],
    ['call', 'Agreed on the next step'],
    ['conversation', 'Greeted and gave his name'],
    ['conversation', 'Answered every question'],
    ['conversation', 'Agreed on the next step'],
    ['card', 'The note is clear to others'],
    ['card', 'What was promised is a task'],
    ['card', 'Source and topic are filled in'],
  ],
}

/** Until the firm writes its own. */
export function firstChecklist(language: Language): Checklist {
  return { perDay: 5, items: first[language].map(([part, text], index) => ({ id: `first-${index + 1}`, part, text })) }
}
