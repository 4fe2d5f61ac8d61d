import { normaliseEmail } from '../identities/normalise-email.ts'

/** Domains where anybody gets a mailbox: they say nothing of an employer. Kept by hand; big providers of Russia, the CIS and the world. */
const freeMail = new Set(
  `mail.ru internet.ru bk.ru inbox.ru list.ru vk.com yandex.ru yandex.com yandex.by yandex.kz yandex.ua ya.ru narod.ru rambler.ru lenta.ru autorambler.ru
  myrambler.ru ro.ru rambler.ua hotbox.ru mail.ua ukr.net i.ua meta.ua bigmir.net tut.by mail.kz nur.kz qip.ru pochta.ru fromru.com front.ru nm.ru e1.ru ngs.ru
  gmail.com googlemail.com outlook.com outlook.de outlook.fr hotmail.com hotmail.co.uk hotmail.de hotmail.fr hotmail.it live.com live.ru msn.com passport.com
  yahoo.com yahoo.co.uk yahoo.de yahoo.fr yahoo.co.in yahoo.co.jp ymail.com rocketmail.com aol.com aim.com icloud.com me.com mac.com proton.me protonmail.com
  protonmail.ch pm.me tutanota.com tuta.io tutamail.com gmx.de gmx.net gmx.com gmx.at web.de t-online.de freenet.de mail.de posteo.de mailbox.org zoho.com zohomail.com fastmail.com
  hey.com mail.com email.com usa.com inbox.com inbox.lv seznam.cz centrum.cz email.cz wp.pl o2.pl onet.pl interia.pl abv.bg libero.it virgilio.it tiscali.it orange.fr wanadoo.fr
  free.fr laposte.net sfr.fr bluewin.ch telia.com terra.com.br uol.com.br bol.com.br qq.com 163.com 126.com sina.com sohu.com yeah.net foxmail.com naver.com daum.net hanmail.net
  comcast.net verizon.net att.net sbcglobal.net cox.net bellsouth.net duck.com mozmail.com mailinator.com guerrillamail.com temp-mail.org 10minutemail.com`.split(
    /\s+/,
  ),
)

/** The domain of an employer, when the address is not one of a free-mail provider. */
export function corporateDomain(email: string): string | undefined {
  const address = normaliseEmail(email)
  if (typeof address !== 'string') return undefined
  const domain = address.slice(address.lastIndexOf('@') + 1)
  const isFree = freeMail.has(domain) || freeMail.has(domain.split('.').slice(-2).join('.'))
  return isFree || !domain.includes('.') ? undefined : domain
}
