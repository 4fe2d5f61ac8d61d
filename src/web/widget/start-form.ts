import type { VisitorLook } from '../../api/contract/visitors.ts'
import type { Chat } from './chat.ts'
import { consentLine } from './consent-line.ts'
import { make } from './dom.ts'
import { checkFields, type Field, makeField } from './fields.ts'
import type { Texts } from './texts.ts'

/** What is asked before the first word; when nobody is there, a way to answer him as well. */
export function makeStartForm(chat: Chat, look: VisitorLook, texts: Texts, onDone: () => void): HTMLFormElement {
  const isAway = !chat.attendance.isOnline
  const known = chat.storage.kept.profile ?? {}
  const wants = (asked: 'no' | 'optional' | 'required', isNeeded = false) => asked !== 'no' || isNeeded
  const field = (name: 'name' | 'phone' | 'email', type: 'text' | 'tel' | 'email', autocomplete: AutoFill) =>
    makeField(
      { name, label: texts[name], type, autocomplete, required: look.asks[name] === 'required', ...(known[name] && { value: known[name] }) },
      texts,
    )
  const name = wants(look.asks.name) ? field('name', 'text', 'name') : undefined
  const phone = wants(look.asks.phone, isAway) ? field('phone', 'tel', 'tel') : undefined
  const email = wants(look.asks.email, isAway) ? field('email', 'email', 'email') : undefined
  const message = makeField({ name: 'message', label: texts.message, type: 'textarea', required: true, value: chat.storage.kept.draft ?? '' }, texts)
  const fields = [name, phone, email, message].filter((one): one is Field => one !== undefined)
  const form = make(
    'form',
    { class: 'start', novalidate: '' },
    make('p', { class: 'lead' }, isAway ? (look.offlineText ?? texts.offlineText) : (look.greeting ?? texts.greeting)),
    ...fields.map(({ element }) => element),
    make('button', { class: 'primary', type: 'submit' }, isAway ? texts.leave : texts.start),
    consentLine(look, texts),
  )
  message.input.addEventListener('input', () => chat.storage.save({ draft: message.input.value }))
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (!checkFields(fields, texts)) return
    if (isAway && !phone?.value() && !email?.value()) {
      phone?.complain(texts.contact)
      phone?.input.focus()
      return
    }
    const said = Object.entries({ name, phone, email }).flatMap(([key, one]) => (one?.value() ? [[key, one.value()]] : []))
    chat.storage.save({ profile: { ...known, ...Object.fromEntries(said) }, draft: '' })
    chat.say({ text: message.value(), consent: look.consentText })
    onDone()
  })
  return form
}
