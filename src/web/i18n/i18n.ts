import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'

export const languages = ['ru', 'en'] as const
export type Language = (typeof languages)[number]

/** Before sign-in: what was chosen on this device, else the browser's. */
function firstLanguage(): Language {
  const kept = localStorage.getItem('language')
  if (kept === 'ru' || kept === 'en') return kept
  return navigator.language.startsWith('ru') ? 'ru' : 'en'
}

export async function startI18n(): Promise<void> {
  const language = firstLanguage()
  await i18next.use(initReactI18next).init({ lng: language, fallbackLng: false, interpolation: { escapeValue: false }, resources: {} })
  await chooseLanguage(language)
}

/** Loads a language's texts and shows the console in it. */
export async function chooseLanguage(language: Language): Promise<void> {
  const texts = language === 'ru' ? (await import('./ru.ts')).ru : (await import('./en.ts')).en
  i18next.addResourceBundle(language, 'translation', texts)
  await i18next.changeLanguage(language)
  localStorage.setItem('language', language)
  document.documentElement.lang = language
}
