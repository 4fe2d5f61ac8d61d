/** What a field means. The mapping of the settings may name some of these; the rest is for machines' fields. */
export type Role =
  | 'name'
  | 'firstName'
  | 'lastName'
  | 'middleName'
  | 'phone'
  | 'email'
  | 'text'
  | 'company'
  | 'topic'
  | 'page'
  | 'referrer'
  | 'consent'
  | 'consentText'
  | 'consentVersion'
  | 'ignore'
  | 'formId'
  | 'formName'
  | 'submittedAt'
  | 'cookies'
  | 'secret'
  | 'honeypot'
  | 'elapsed'
  | 'renderedAt'
  | 'technical'

const words: [Role, string][] = [
  ['name', 'name, full name, fullname, fio, фио, имя, имя и фамилия, фамилия и имя, фамилия имя, фамилия имя отчество, как вас зовут, как зовут'],
  ['name', 'как к вам обращаться, как к вам обратиться, обращаться, контактное лицо, contact person, contact name, person, person name, imya'],
  ['name', 'имя клиента, клиент, respondent name, client, customer, sender name, author name'],
  ['firstName', 'first name, firstname, fname, given name'],
  ['lastName', 'last name, lastname, lname, surname, family name, фамилия'],
  ['middleName', 'middle name, middlename, patronymic, second name, отчество'],
  ['phone', 'phone, tel, telephone, phone number, phonenumber, mobile, mobile phone, mobile number, cell, cellphone, cell phone, whatsapp, telefon'],
  [
    'phone',
    'телефон, номер телефона, мобильный, мобильный телефон, контактный телефон, тел, номер, сотовый, телефон для связи, msisdn, contact number',
  ],
  ['email', 'email, e mail, mail, email address, e mail address, почта, электронная почта, эл почта, имейл, емейл, эмейл, мейл, pochta'],
  ['email', 'адрес электронной почты, e mail адрес, respondent email, email адрес'],
  ['text', 'message, comment, comments, text, textarea, msg, body, question, note, notes, description, details, enquiry, inquiry, feedback, review'],
  ['text', 'request, сообщение, комментарий, комментарии, текст, вопрос, пожелания, описание, отзыв, задача, текст сообщения, текст обращения'],
  ['text', 'обращение, примечание, content, суть обращения, комментарий к заказу, long text, suggestion, soobshchenie'],
  ['company', 'company, company name, organization, organisation, organization name, organisation name, business, firm, employer, компания'],
  ['company', 'организация, название компании, название организации, фирма, юрлицо, наименование организации, наименование компании'],
  ['topic', 'subject, topic, theme, тема, тема обращения, тема сообщения, service, services, услуга, услуги, product, товар, интерес, предмет, tema'],
  ['topic', 'tariff, тариф, interest, предмет обращения, interested in'],
  ['page', 'page, page url, pageurl, url, source url, location, href, page link, landing page, page address, url страницы, страница, адрес страницы'],
  ['referrer', 'referrer, referer, ref, document referrer, http referer, page referrer, реферер, источник перехода'],
  ['consent', 'consent, agree, agreement, gdpr, privacy, privacy policy, согласие, acceptance, policy, personal data, оферта, персональные данные'],
  ['consentText', 'consent text'],
  ['consentVersion', 'consent version'],
  ['formId', 'form id, formid, source form id'],
  ['formName', 'form name, formname, form title, название формы'],
  ['submittedAt', 'submitted at, submittedat, created time, date created, created at, timestamp, submission date'],
  ['cookies', 'cookies, cookie'],
  ['secret', 'secret, api key, apikey'],
  ['honeypot', 'honeypot, gotcha, honey, bot field, sb website, honey pot, bot trap'],
  ['elapsed', 'sb elapsed'],
  ['renderedAt', 'sb rendered at'],
  [
    'technical',
    'tranid, submission id, event id, response id, answer id, entry id, idempotency key, dedupe key, leadgen id, post id, post title, id',
  ],
  ['technical', 'ip, user agent, useragent, date, time, powered by, source, method, event type, locale, language, platform, ad id, ad name'],
  [
    'technical',
    'unit tag, wpcf7, wpcf7 version, wpcf7 locale, wpcf7 unit tag, wpcf7 container post, wpnonce, wp http referer, action, nonce, csrf token',
  ],
  ['technical', 'switchboard test, meta remote ip value, remote ip, user ip, client ip, ip address'],
  ['technical', 'g recaptcha response, smart token, charset, formservices, formtype, submit, quiz, token, test, username, login, password'],
]

const exact = new Map(words.flatMap(([role, list]) => list.split(', ').map((word): [string, Role] => [word, role])))

const fuzzy: [Role, RegExp][] = [
  ['consent', /соглас|персональн|privacy|consent|\bagree|gdpr|политик/],
  ['email', /e ?mail|почт/],
  ['phone', /(^| )(phone|tel|mobile|whatsapp)( |$)|телефон/],
  ['company', /(^| )(company|organi[sz]ation)( |$)|компани|организаци/],
  ['topic', /(^| )(subject|topic)( |$)|(^| )тем[аеуы]( |$)/],
  ['text', /(^| )(message|comment|comments|question)( |$)|сообщени|комментари|(^| )вопрос/],
  ['name', /(^| )(имя|фио|зовут)( |$)|(^| )full name( |$)/],
]

/** Words that builders put around the meaning: `your-name`, `client_phone`, `Ваш телефон`, `Укажите имя`. */
const around =
  /^(your|the|form|field|fields|input|lead|client|customer|user|contact|visitor|sender|my|billing|ваш|ваша|ваше|ваши|введите|укажите|напишите|поле) /
const fillers = /\b(здесь|here|optional|required)$|(^| )(обязательно|необязательно|если есть)$/

/** Sites send the same few names again and again; what is remembered is bounded, and forgotten whole. */
const remembered = new Map<string, string>()
const maxRemembered = 5000

/** `firstName`, `your_name*`, `Ваше имя:` → `first name`, `your name`, `ваше имя`. */
export function normaliseKey(key: string): string {
  const known = remembered.get(key)
  if (known !== undefined) return known
  const normal = key
    .slice(0, 200)
    .normalize('NFKC')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
  if (key.length > 100) return normal
  if (remembered.size >= maxRemembered) remembered.clear()
  remembered.set(key, normal)
  return normal
}

/** Meaning of one key; exact words first, then with the words around them taken off, then the contained word. */
export function roleOfKey(key: string): Role | undefined {
  const whole = normaliseKey(key)
  const stripped = strip(whole)
  return exact.get(whole) ?? exact.get(stripped) ?? fuzzy.find(([, pattern]) => pattern.test(whole))?.[0]
}

/** Only the whole key, as the table has it: for `company.name`, where half a meaning would be a wrong one. */
export function exactRoleOfKey(key: string): Role | undefined {
  return exact.get(normaliseKey(key))
}

function strip(key: string): string {
  let before = key
  for (let round = 0; round < 3; round += 1) {
    const after = before
      .replace(around, '')
      .replace(fillers, '')
      .replace(/ ?\d+$/, '')
      .trim()
    if (after === '' || after === before) break
    before = after
  }
  return before
}

/** Types that builders and browsers tell. */
export function roleOfType(type: string | undefined): Role | undefined {
  switch (type) {
    case 'tel':
    case 'phone':
    case 'phone_number':
    case 'input_phone_number':
      return 'phone'
    case 'email':
    case 'input_email':
      return 'email'
    case 'textarea':
    case 'long_text':
      return 'text'
    default:
      return undefined
  }
}
