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

type Bundle = 'later' | 'office'

/** Texts that are there, or on their way: of each language the bundles beside the first. */
const bundles = new Map<`${Language} ${Bundle}`, Promise<void>>()

/** Loads a language's texts and shows the console in it. */
export async function chooseLanguage(language: Language): Promise<void> {
  const texts = language === 'ru' ? (await import('./ru.ts')).ru : (await import('./en.ts')).en
  i18next.addResourceBundle(language, 'translation', texts)
  const known = new Set([...bundles.keys()].map((key) => (key.endsWith('office') ? 'office' : 'later')))
  await Promise.all([...known].map((bundle) => loadBundle(language, bundle)))
  await i18next.changeLanguage(language)
  localStorage.setItem('language', language)
  document.documentElement.lang = language
}

/** A scene together with its texts. */
export function withTexts<Module>(load: () => Promise<Module>): () => Promise<Module> {
  return async () => {
    const [module] = await Promise.all([load(), loadBundle(shownLanguage(), 'later'), loadBundle(shownLanguage(), 'office')])
    return module
  }
}

/** The same for what rings, plays and answers, which shows nothing of the office: its texts would make the first screen heavy. */
export function withLaterTexts<Module>(load: () => Promise<Module>): () => Promise<Module> {
  return async () => {
    const [module] = await Promise.all([load(), loadBundle(shownLanguage(), 'later')])
    return module
  }
}

function shownLanguage(): Language {
  return i18next.language === 'en' ? 'en' : 'ru'
}

function loadBundle(language: Language, bundle: Bundle): Promise<void> {
  const key = `${language} ${bundle}` as const
  const loading = bundles.get(key) ?? addBundle(language, bundle)
  bundles.set(key, loading)
  return loading
}

async function addBundle(language: Language, bundle: Bundle): Promise<void> {
  i18next.addResourceBundle(language, 'translation', await textsOf(language, bundle), true)
}

async function textsOf(language: Language, bundle: Bundle): Promise<object> {
  if (bundle === 'office') return language === 'ru' ? (await import('./ru-office.ts')).ruOffice : (await import('./en-office.ts')).enOffice
  return language === 'ru' ? (await import('./ru-later.ts')).ruLater : (await import('./en-later.ts')).enLater
}
