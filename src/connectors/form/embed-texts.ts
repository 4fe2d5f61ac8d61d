/** Words of the ready form. */
export const embedTexts = {
  ru: {
    labels: { name: 'Имя', phone: 'Телефон', email: 'Электронная почта', company: 'Компания', message: 'Сообщение', topic: 'Тема', file: 'Файл' },
    submit: 'Отправить',
    sending: 'Отправляем…',
    success: 'Спасибо! Заявка отправлена, мы скоро свяжемся с вами.',
    failed: 'Не получилось отправить. Проверьте связь и попробуйте ещё раз: всё, что вы написали, на месте.',
    required: 'Заполните это поле',
    email: 'Похоже, в адресе почты опечатка',
    phone: 'Похоже, в номере не хватает цифр',
    consent: 'Без согласия мы не можем принять заявку',
    tooBig: 'Файлы слишком большие: вместе не больше 20 МБ',
    policy: 'Подробнее',
    choose: 'Выберите…',
    optional: 'необязательно',
  },
  en: {
    labels: { name: 'Name', phone: 'Phone', email: 'E-mail', company: 'Company', message: 'Message', topic: 'Subject', file: 'File' },
    submit: 'Send',
    sending: 'Sending…',
    success: 'Thank you! Your request has been sent. We will be in touch soon.',
    failed: 'It could not be sent. Check the connection and try again: everything you wrote is still here.',
    required: 'Please fill in this field',
    email: 'The e-mail address does not look right',
    phone: 'The number seems too short',
    consent: 'We cannot take the request without your consent',
    tooBig: 'The files are too big: 20 MB together at most',
    policy: 'Read more',
    choose: 'Choose…',
    optional: 'optional',
  },
} as const

export type EmbedTexts = { [Key in keyof (typeof embedTexts)['ru']]: Key extends 'labels' ? Record<string, string> : string }
