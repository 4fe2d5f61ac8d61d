import { embedCss } from './embed-css.ts'
import { type EmbedConfig, embedForm } from './embed-form.ts'
import { embedTexts } from './embed-texts.ts'
import type { FormSettings } from './settings.ts'

/** `language`: what the request asks for; the settings' own wins, Russian is the last resort. */
export interface EmbedOptions {
  hookUrl: string
  language: string
}

/** Script of `/forms/<key>.js`: a ready form that sends to this channel. Under 10 kB, without any secret. */
export function renderEmbed(settings: FormSettings, options: EmbedOptions): string {
  if (settings.proof === 'secret')
    return 'console.error("Switchboard: this form source asks for a secret, which no page can keep. Set its proof to public.")'
  const config = JSON.stringify(configOf(settings, options))
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')
  return `(${compact(embedForm.toString())})(${config})\n`
}

function configOf({ form }: FormSettings, { hookUrl, language }: EmbedOptions): EmbedConfig {
  const spoken = form.language ?? (/^en\b/i.test(language) ? 'en' : 'ru')
  const texts = embedTexts[spoken]
  const labels: Record<string, string> = texts.labels
  const config: EmbedConfig = {
    hookUrl,
    language: spoken,
    colour: form.colour,
    onColour: readableOn(form.colour),
    submit: form.submit ?? texts.submit,
    success: form.success ?? texts.success,
    fields: form.fields.map((field) => ({
      name: field.name,
      type: field.type,
      required: field.required,
      options: field.options,
      label: field.label ?? (Object.hasOwn(labels, field.name) ? labels[field.name] : undefined) ?? field.name,
    })),
    texts,
    css: embedCss,
  }
  if (form.title !== undefined) config.title = form.title
  if (form.consent !== undefined) config.consent = copyConsent(form.consent)
  return config
}

function copyConsent(consent: NonNullable<FormSettings['form']['consent']>): NonNullable<EmbedConfig['consent']> {
  return {
    text: consent.text,
    ...(consent.url !== undefined && { url: consent.url }),
    ...(consent.version !== undefined && { version: consent.version }),
  }
}

/** White or black on the chosen colour, whichever has more contrast (https://www.w3.org/TR/WCAG22/#dfn-relative-luminance). */
function readableOn(colour: string): string {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? '#000' : '#fff'
}

/** Indentation and the blanks that stripped types leave behind; the source has no literal that spans lines. */
function compact(source: string): string {
  return source
    .split('\n')
    .map((line) => line.trim().replace(/ {2,}/g, ' '))
    .filter((line) => line !== '')
    .join('\n')
}
