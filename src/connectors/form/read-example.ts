import type { RawDelivery } from '../../core/connector/delivery.ts'
import type { Channel } from '../../core/connector/hub.ts'
import type { Localised } from '../../core/connector/manifest.ts'
import type { ReadExample } from '../../core/connector/mapping.ts'
import { readCurl } from './curl-command.ts'
import { roleOfKey, roleOfType } from './field-roles.ts'
import { type HtmlField, type HtmlForm, mappingOf, readHtmlForm } from './html-form.ts'
import { parseJson } from './parse-json.ts'
import type { FormSettings } from './settings.ts'
import { secretPlace } from './snippets.ts'

const runIt: Localised = { en: 'Run it: the request stands in the delivery log.', ru: 'Выполните: заявка появится в журнале приёма.' }
const putIt: Localised = {
  en: 'Put it in place of your form: it is the same form, sent here.',
  ru: 'Поставьте вместо своей формы: это она же, но отправляет сюда.',
}

/** A command of curl, a form of a page, or a body of JSON that somebody pasted. */
export function readExample(text: string, channel: Channel<FormSettings>): ReadExample | undefined {
  return ofCurl(text, channel) ?? ofHtml(text, channel) ?? ofJson(text, channel)
}

function ofCurl(text: string, { hookUrl, settings }: Channel<FormSettings>): ReadExample | undefined {
  const command = readCurl(text)
  if (!command || (command.request.body.length === 0 && command.request.query === '')) return undefined
  const address = command.request.body.length === 0 ? `${hookUrl}?${command.request.query}` : hookUrl
  const sent = text.trim().replace(command.url, () => address)
  const code = settings.proof === 'secret' ? `${sent} -H 'X-Hub-Key: ${secretPlace}'` : sent
  return { is: { en: 'A curl command', ru: 'Команда curl' }, request: command.request, mapping: {}, snippet: { code, steps: [runIt] } }
}

function ofJson(text: string, { hookUrl, settings }: Channel<FormSettings>): ReadExample | undefined {
  const json = parseJson(text)
  if (typeof json !== 'object' || json === null || Object.keys(json).length === 0) return undefined
  const request = post('application/json', text.trim())
  const secret = settings.proof === 'secret' ? ` -H 'X-Hub-Key: ${secretPlace}'` : ''
  const body = JSON.stringify(json).replaceAll("'", String.raw`'\''`)
  const code = `curl -X POST '${hookUrl}' -H 'Content-Type: application/json'${secret} -d '${body}'`
  return { is: { en: 'JSON', ru: 'JSON' }, request, mapping: {}, snippet: { code, steps: [runIt] } }
}

function ofHtml(text: string, { hookUrl, settings }: Channel<FormSettings>): ReadExample | undefined {
  if (!/<(form|input|textarea|select)\b/i.test(text)) return undefined
  const form = readHtmlForm(text)
  if (!form) return undefined
  const steps = settings.proof === 'secret' ? [putIt, noSecretOnPages] : [putIt]
  return {
    is: { en: 'A form of a page', ru: 'Форма со страницы' },
    request: post(
      'application/x-www-form-urlencoded',
      form.fields.map((field) => `${encodeURIComponent(field.name)}=${encodeURIComponent(sample(field))}`).join('&'),
    ),
    mapping: mappingOf(form.fields),
    snippet: { code: turned(text, form, hookUrl), steps },
  }
}

const noSecretOnPages: Localised = {
  en: 'This channel asks for a secret, which a page cannot keep: choose the proof "url" or "public" in its settings.',
  ru: 'Канал требует секрет, а страница его не скроет: выберите в настройках подтверждение «url» или «public».',
}

function post(type: string, body: string): RawDelivery {
  return { method: 'POST', path: '', query: '', headers: { 'content-type': type }, body: Buffer.from(body) }
}

const samples: Record<string, string> = {
  phone: '+7 916 123-45-67',
  email: 'anna@shop.example',
  name: 'Анна Ким',
  firstName: 'Анна',
  lastName: 'Ким',
  text: 'Перезвоните, пожалуйста',
  company: 'ООО «Ромашка»',
  consent: 'on',
}

/** What a visitor might write, so that there is something to look at before the first one does. */
function sample(field: HtmlField): string {
  const [firstChoice] = field.options.keys()
  if (firstChoice !== undefined) return firstChoice
  const role = roleOfType(field.type) ?? roleOfKey(field.name) ?? roleOfKey(field.label)
  const words = role === undefined ? undefined : samples[role]
  return words ?? (field.type === 'checkbox' ? 'on' : '')
}

/** The same form with its tag sending here, the words beside its consent sent along, and a trap for robots. */
function turned(html: string, form: HtmlForm, hookUrl: string): string {
  const { action: _action, method: _method, enctype: _enctype, onsubmit: _onsubmit, ...kept } = form.attributes
  const isMultipart = form.fields.some((field) => field.type === 'file')
  const attributes = { action: hookUrl, method: 'post', 'accept-charset': 'utf-8', ...(isMultipart && { enctype: 'multipart/form-data' }), ...kept }
  const tag = `<form ${Object.entries(attributes)
    .map(([name, value]) => `${name}="${escapeAttribute(value)}"`)
    .join(' ')}>`
  const extra = hiddenFields(form)
  if (form.start < 0) return `${tag}\n${html.trim()}\n${extra}\n  <button>OK</button>\n</form>`
  const close = form.close < 0 ? html.length : form.close
  return `${html.slice(0, form.start)}${tag}${html.slice(form.end + 1, close)}${extra}\n${form.close < 0 ? '</form>' : html.slice(close)}`.trim()
}

function hiddenFields(form: HtmlForm): string {
  const has = (name: string) => form.fields.some((field) => field.name === name)
  const consent = form.fields.find(
    (field) => field.type === 'checkbox' && (roleOfKey(field.name) === 'consent' || roleOfKey(field.label) === 'consent'),
  )
  const words =
    consent && consent.label !== '' && !has('consent_text')
      ? `  <input type="hidden" name="consent_text" value="${escapeAttribute(consent.label)}">\n`
      : ''
  const trap = has('sb_website')
    ? ''
    : '  <div style="position:absolute;left:-9999px" aria-hidden="true"><input name="sb_website" tabindex="-1" autocomplete="off"></div>'
  return `${words}${trap}`
}

function escapeAttribute(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
}
