import type { EmbedTexts } from './embed-texts.ts'

/** All that the script in the page knows. */
export interface EmbedConfig {
  hookUrl: string
  language: 'ru' | 'en'
  title?: string
  colour: string
  onColour: string
  submit: string
  success: string
  fields: { name: string; type: string; label: string; required: boolean; options: string[] }[]
  consent?: { text: string; url?: string; version?: string }
  texts: EmbedTexts
  css: string
}

/**
 * The form itself. It runs in the visitor's page, as the text of this function: so it may use nothing from outside of it.
 * It asks nobody but the hook, sets no cookie, lives in a shadow root, and sends a "simple" request, so that no preflight is needed.
 */
export function embedForm(config: EmbedConfig): void {
  const { texts } = config
  const script = document.currentScript
  const started = performance.now()
  const host = document.createElement('div')
  const root = host.attachShadow({ mode: 'open' })
  addStyle()
  host.lang = config.language
  host.style.setProperty('--sb-colour', config.colour)
  host.style.setProperty('--sb-on', config.onColour)
  let submissionId = newId()

  /** A constructed sheet passes a strict style-src; browsers before 2023 get an element. */
  function addStyle(): void {
    try {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync(config.css)
      root.adoptedStyleSheets = [sheet]
    } catch {
      root.append(make('style', {}, config.css))
    }
  }

  function newId(): string {
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
  }

  function make<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, attributes: Record<string, string>, ...children: (Node | string)[]) {
    const element = document.createElement(tag)
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
    element.append(...children)
    return element
  }

  function makeInput(field: EmbedConfig['fields'][number], id: string): HTMLElement {
    const shared: Record<string, string> = { id, name: field.name, 'aria-describedby': `${id}-error` }
    if (field.required) shared['aria-required'] = 'true'
    if (field.type === 'textarea') return make('textarea', { ...shared, rows: '4' })
    if (field.type === 'select') {
      const first = make('option', { value: '' }, texts.choose)
      return make('select', shared, first, ...field.options.map((option) => make('option', { value: option }, option)))
    }
    const known: Record<string, string> = { name: 'name', phone: 'tel', email: 'email', company: 'organization' }
    return make('input', { ...shared, type: field.type, autocomplete: known[field.name] ?? 'on' })
  }

  function makeField(field: EmbedConfig['fields'][number], index: number): HTMLElement {
    const id = `f${index}`
    const label = make('label', { for: id }, field.label)
    if (!field.required) label.append(make('small', {}, ` (${texts.optional})`))
    return make('div', { class: 'field' }, label, makeInput(field, id), make('p', { class: 'error', id: `${id}-error` }))
  }

  function makeConsent(consent: NonNullable<EmbedConfig['consent']>): HTMLElement {
    const box = make('input', {
      type: 'checkbox',
      id: 'consent',
      name: 'consent',
      value: '1',
      'aria-describedby': 'consent-error',
      'aria-required': 'true',
    })
    const label = make('label', { for: 'consent' }, consent.text)
    const more = consent.url === undefined ? [] : [' ', make('a', { href: consent.url, target: '_blank', rel: 'noopener' }, texts.policy)]
    return make('div', { class: 'consent' }, box, make('span', {}, label, ...more), make('p', { class: 'error', id: 'consent-error' }))
  }

  const trap = make('div', { class: 'trap', 'aria-hidden': 'true' }, make('input', { name: 'sb_website', tabindex: '-1', autocomplete: 'off' }))
  const status = make('p', { class: 'status', role: 'status', 'aria-live': 'polite' })
  const button = make('button', { type: 'submit' }, config.submit)
  const form = make('form', { novalidate: '' })
  if (config.title !== undefined) form.append(make('h2', {}, config.title))
  form.append(...config.fields.map(makeField), trap)
  if (config.consent !== undefined) form.append(makeConsent(config.consent))
  form.append(button, status)
  root.append(form)

  function problemOf(input: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement): string {
    const value = input.value.trim()
    if (input.name === 'consent') return input instanceof HTMLInputElement && input.checked ? '' : texts.consent
    if (value === '') return input.getAttribute('aria-required') === 'true' ? texts.required : ''
    if (input.type === 'email' && !/^\S+@\S+\.\S+$/.test(value)) return texts.email
    return input.type === 'tel' && value.replace(/\D/g, '').length < 6 ? texts.phone : ''
  }

  function validate(): boolean {
    const inputs = [...form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>('[aria-describedby]')]
    const wrong = inputs.filter((input) => {
      const problem = problemOf(input)
      input.setAttribute('aria-invalid', String(problem !== ''))
      const place = root.getElementById(`${input.id}-error`)
      if (place !== null) place.textContent = problem
      return problem !== ''
    })
    wrong[0]?.focus()
    return wrong.length === 0
  }

  function landing(): string {
    const here = location.href
    try {
      if (/[?&](utm_|yclid|gclid|fbclid)/.test(location.search)) sessionStorage.setItem('sb_landing', here)
      return sessionStorage.getItem('sb_landing') ?? here
    } catch {
      return here
    }
  }

  function collect(): FormData {
    const data = new FormData(form)
    const add = (name: string, value: string) => {
      if (!data.has(name)) data.append(name, value)
    }
    for (const [name, value] of new URLSearchParams(new URL(landing()).search)) if (/^utm_|clid$|^roistat/.test(name)) add(name, value)
    add('page', location.href)
    add('referrer', document.referrer)
    add('sb_elapsed', String(Math.round(performance.now() - started)))
    add('submission_id', submissionId)
    if (config.consent !== undefined) add('consent_text', config.consent.text)
    if (config.consent?.version !== undefined) add('consent_version', config.consent.version)
    return data
  }

  function say(text: string, kind: string): void {
    status.textContent = text
    status.className = `status ${kind}`
  }

  async function send(): Promise<void> {
    const data = collect()
    const files = [...data.values()].filter((value) => value instanceof File && value.size > 0)
    if (files.reduce((sum, file) => sum + (file instanceof File ? file.size : 0), 0) > 20e6) return say(texts.tooBig, 'bad')
    const pairs = [...data].map(([name, value]) => [name, String(value)])
    const body = files.length > 0 ? data : new URLSearchParams(pairs.filter(([, value]) => value !== '[object File]'))
    button.disabled = true
    say(texts.sending, '')
    try {
      const response = await fetch(config.hookUrl, { method: 'POST', body, credentials: 'omit', headers: { accept: 'application/json' } })
      if (!response.ok) throw new Error(`the hub answered ${response.status}`)
      submissionId = newId()
      form.reset()
      say(config.success, 'good')
      host.dispatchEvent(new CustomEvent('switchboard:sent', { bubbles: true, composed: true }))
    } catch (error) {
      console.error('Switchboard: the form was not sent. Is this page among the allowed origins?', error)
      say(texts.failed, 'bad')
    } finally {
      button.disabled = false
    }
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (!button.disabled && validate()) void send()
  })
  const target = script?.getAttribute('data-target')
  const place = target === null || target === undefined ? null : document.querySelector(target)
  if (place !== null) place.append(host)
  else if (script?.parentNode && script.parentNode !== document.head) script.after(host)
  else if (document.body) document.body.append(host)
  else document.addEventListener('DOMContentLoaded', () => document.body.append(host))
}
