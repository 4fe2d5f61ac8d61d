import type { Language } from '../access/user.ts'

/** What may be chosen as the result of a contact: by a team, or (null) by the firm where a team has no list. */
export interface DispositionList {
  teamId: string | null
  names: string[]
}

/** Until the firm writes its own. */
export const firstDispositions: Record<Language, string[]> = {
  ru: ['Договорились', 'Перезвонить', 'Думает', 'Отказ', 'Ошиблись номером'],
  en: ['Agreed', 'Call back', 'Thinking', 'Refused', 'Wrong number'],
}
