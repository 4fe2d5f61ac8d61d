import type { VisitorLook } from '../../api/contract/visitors.ts'
import type { Chat } from './chat.ts'
import { consentLine } from './consent-line.ts'
import { make } from './dom.ts'
import { checkFields, makeField } from './fields.ts'
import type { Language, Texts } from './texts.ts'

/** A number and a time to be called at. */
export function makeCallbackForm(
  chat: Chat,
  look: VisitorLook,
  { texts, language }: { texts: Texts; language: Language },
  onDone: () => void,
): HTMLFormElement {
  const { phone = '', name = '' } = chat.storage.kept.profile ?? {}
  const number = makeField({ name: 'phone', label: texts.phone, type: 'tel', autocomplete: 'tel', required: true, value: phone }, texts)
  const called = makeField({ name: 'name', label: texts.name, autocomplete: 'name', value: name }, texts)
  const time = makeField({ name: 'time', label: texts.time, type: 'datetime-local', required: true, value: localTime(nextHour()) }, texts)
  const now = make('input', { type: 'radio', name: 'when', id: 'sb-now', checked: '' })
  const later = make('input', { type: 'radio', name: 'when', id: 'sb-later' })
  const showTime = () => {
    time.element.hidden = !later.checked
  }
  for (const choice of [now, later]) choice.addEventListener('change', showTime)
  showTime()
  const form = make(
    'form',
    { class: 'start', novalidate: '' },
    make('p', { class: 'lead' }, texts.callbackHint),
    number.element,
    called.element,
    make(
      'fieldset',
      { class: 'choices' },
      make('legend', {}, texts.when),
      make('label', { for: 'sb-now' }, now, texts.now),
      make('label', { for: 'sb-later' }, later, texts.later),
    ),
    time.element,
    make('button', { class: 'primary', type: 'submit' }, texts.ask),
    consentLine(look, texts),
  )
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (!checkFields(later.checked ? [number, called, time] : [number, called], texts)) return
    const at = later.checked ? new Date(time.value()) : undefined
    if (at && !(at.getTime() > Date.now())) return time.complain(texts.badTime)
    const when = at?.toLocaleString(language, { weekday: 'short', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' })
    const shown = [`${texts.callback}: ${number.value()}`, called.value(), when ?? texts.now].filter(Boolean).join('\n')
    chat.callBack({ phone: number.value(), name: called.value(), text: '', ...(at && when && { at: at.toISOString(), when }) }, shown)
    onDone()
  })
  return form
}

function nextHour(): Date {
  const at = new Date(Date.now() + 3_600_000)
  at.setMinutes(0, 0, 0)
  return at
}

/** As `datetime-local` has it. */
function localTime(at: Date): string {
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
