import i18next from 'i18next'
import { errorWords, tellFault } from '../../components/tell.ts'
import type { SettingsSchema } from './settings-schema.ts'

/** Tells what is wrong with settings, each field by its title. */
export function tellSettingsError(error: unknown, schema: SettingsSchema | undefined): void {
  tellFault(
    errorWords(error, (path) => {
      const property = schema?.properties?.[path.split('.')[0] ?? '']
      return (i18next.language === 'en' ? undefined : property?.titleRu) ?? property?.title
    }),
  )
}
