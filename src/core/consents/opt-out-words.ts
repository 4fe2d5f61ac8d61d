/**
 * Words by which people end automatic messages. English ones are those of the carriers (CTIA guidelines; the lists of SMS gateways), the
 * others are what Russian and French clients write.
 */
const stopWords = [
  ...['STOP', 'STOPALL', 'STOP ALL', 'UNSUBSCRIBE', 'END', 'QUIT', 'CANCEL', 'REVOKE', 'OPTOUT', 'OPT OUT', 'ARRET', 'ARRÊT', 'DESABONNEMENT'],
  ...['СТОП', 'ОТПИСАТЬСЯ', 'ОТПИСАТЬ', 'ОТПИСКА', 'ОТПИШИТЕ', 'ОТПИШИТЕ МЕНЯ', 'ОТПИСАТЬСЯ ОТ РАССЫЛКИ', 'ОТКАЗ', 'ОТКАЗАТЬСЯ'],
  ...['НЕ ПИШИТЕ', 'НЕ ПИСАТЬ', 'НЕ ПИШИТЕ МНЕ', 'БОЛЬШЕ НЕ ПИШИТЕ', 'БОЛЬШЕ НЕ ПИШИТЕ МНЕ', 'НЕ БЕСПОКОИТЬ', 'НЕ БЕСПОКОЙТЕ'],
]
const startWords = ['START', 'UNSTOP', 'SUBSCRIBE', 'RESUME', 'СТАРТ', 'ПОДПИСАТЬСЯ', 'ВОЗОБНОВИТЬ']

/** Cyrillic letters that look like Latin ones: СТОП is written with C, T and O of the wrong alphabet more often than one thinks. */
const lookalikes: Record<string, string> = { А: 'A', В: 'B', Е: 'E', К: 'K', М: 'M', Н: 'H', О: 'O', Р: 'P', С: 'C', Т: 'T', У: 'Y', Х: 'X', Ё: 'E' }

const stop = new Set(stopWords.map(skeleton))
const start = new Set(startWords.map(skeleton))
const politeness = new Set(['ПОЖАЛУЙСТА', 'PLEASE', 'СПАСИБО', 'THANKS'].map(skeleton))
const longestWord = 60

export interface OptOutWord {
  isOut: boolean
  /** As it was written. */
  word: string
}

/**
 * Reads "СТОП", "stop!", "/stop", "Отписаться, пожалуйста" in the subject or as the first line of a text; what follows is a quote or a signature.
 * A word inside a sentence is none: "stop by tomorrow" and "не нужно останавливать" are for people.
 */
export function readOptOutWord(text: string, subject = ''): OptOutWord | undefined {
  const firstLine = text.split(/\r?\n/).find((line) => line.trim() !== '') ?? ''
  return wordIn(firstLine) ?? wordIn(subject.replace(/^\s*(?:re|fwd?|ответ|отв)\s*:\s*/i, ''))
}

function wordIn(line: string): OptOutWord | undefined {
  if (line.length > longestWord) return undefined
  const words = skeleton(line)
    .split(' ')
    .filter((word) => !politeness.has(word))
    .join(' ')
  if (stop.has(words)) return { isOut: true, word: line.trim() }
  return start.has(words) ? { isOut: false, word: line.trim() } : undefined
}

/** Capitals of one alphabet, words parted by one space, nothing else. */
function skeleton(text: string): string {
  return text
    .toUpperCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .replaceAll(/[А-ЯЁ]/g, (letter) => lookalikes[letter] ?? letter)
    .trim()
}
