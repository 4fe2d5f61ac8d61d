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
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    interpolation: { escapeValue: false },
    resources: {},
    react: { bindI18nStore: 'added' },
  })
  await chooseLanguage(language)
}

/** Languages whose texts of other scenes are there, or on their way. */
const later = new Map<Language, Promise<void>>()

/** Loads a language's texts and shows the console in it. */
export async function chooseLanguage(language: Language): Promise<void> {
  const texts = language === 'ru' ? (await import('./ru.ts')).ru : (await import('./en.ts')).en
  i18next.addResourceBundle(language, 'translation', texts)
  if (later.size > 0) await loadLater(language)
  await i18next.changeLanguage(language)
  localStorage.setItem('language', language)
  document.documentElement.lang = language
}

/** Texts of all that is not on the first screen. Wait for them before such a scene is shown. */
export function laterTexts(): Promise<void> {
  return loadLater(i18next.language === 'en' ? 'en' : 'ru')
}

/** A scene together with its texts. */
export function withTexts<Module>(load: () => Promise<Module>): () => Promise<Module> {
  return async () => {
    const [module] = await Promise.all([load(), laterTexts()])
    return module
  }
}

function loadLater(language: Language): Promise<void> {
  const loading = later.get(language) ?? addLater(language)
  later.set(language, loading)
  return loading
}

async function addLater(language: Language): Promise<void> {
  const texts = language === 'ru' ? (await import('./ru-later.ts')).ruLater : (await import('./en-later.ts')).enLater
  i18next.addResourceBundle(language, 'translation', texts, true)
}
