import type { HookReply, RawDelivery } from '../../core/connector/delivery.ts'
import type { FormSettings } from './settings.ts'

const texts = {
  ru: { title: 'Спасибо!', text: 'Заявка отправлена, мы скоро с вами свяжемся.' },
  en: { title: 'Thank you!', text: 'Your request has been sent. We will be in touch soon.' },
}

/** What a person sees after sending a plain HTML form: the page the owner chose, else a short one of ours without any script. */
export function thankYouReply(request: RawDelivery, settings: FormSettings): HookReply {
  if (settings.thankYouUrl !== undefined) return { status: 303, headers: { location: settings.thankYouUrl } }
  const language = /^\s*ru\b/i.test(request.headers['accept-language'] ?? '') ? 'ru' : 'en'
  const { title, text } = texts[language]
  return {
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'" },
    body: `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>
<style>body{font:1.1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:20vh auto 0;padding:0 1rem;text-align:center;color-scheme:light dark}</style>
<h1>${title}</h1><p>${text}</p></html>`,
  }
}
