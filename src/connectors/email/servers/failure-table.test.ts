import { describe, expect, it } from 'vitest'
import { connectFailure } from './mail-error.ts'

const server = { host: 'imap.provider.example', port: 993 }

/** What providers really answer, as seen between 2018 and 2026, and the word that a person must find in the explanation. */
const imap: [string, string, string, RegExp][] = [
  ['Yandex', 'LOGIN invalid credentials or IMAP is disabled sc=abc', 'auth_failed', /Яндекс не пустил/],
  ['Mail.ru', 'NEOBHODIM parol prilozheniya https://help.mail.ru / Application password is REQUIRED', 'auth_failed', /внешнего приложения/],
  [
    'Gmail with two steps',
    '[ALERT] Application-specific password required: https://support.google.com (Failure)',
    'auth_failed',
    /пароль приложения/i,
  ],
  ['Gmail', '[AUTHENTICATIONFAILED] Invalid credentials (Failure)', 'auth_failed', /парол/],
  ['Gmail in the browser', '[ALERT] Please log in via your web browser: https://support.google.com (Failure)', 'auth_failed', /браузер/],
  ['Gmail switched off', 'Your account is not enabled for IMAP use.', 'auth_failed', /IMAP/],
  ['Microsoft', 'AUTHENTICATE failed. basic authentication is disabled', 'auth_failed', /Microsoft/],
  ['Microsoft without licence', 'User is authenticated but not connected.', 'temporary', /лицензи/],
  ['Microsoft throttled', 'Request is throttled. Suggested Backoff Time: 92415 milliseconds', 'rate_limited', /подключений/],
  ['any, too many', '[LIMIT] Maximum number of connections from user+IP exceeded', 'rate_limited', /подключений/],
  ['Zoho', 'You are yet to enable IMAP for your account', 'auth_failed', /IMAP/],
  ['a hoster', '[AUTHENTICATIONFAILED] Authentication failed.', 'auth_failed', /Неверное имя или пароль/],
  ['any, expired', '[EXPIRED] Password expired', 'auth_failed', /истёк/],
]

const smtp: [string, string, string, RegExp][] = [
  ['Yandex', '535 5.7.8 Error: authentication failed: This user does not have access rights to this service', 'auth_failed', /Яндекс/],
  ['Mail.ru', '535 5.7.0 NEOBHODIM parol prilozheniya / Application password is REQUIRED', 'auth_failed', /внешнего приложения/],
  ['Gmail', '535-5.7.8 Username and Password not accepted. BadCredentials', 'auth_failed', /парол/],
  ['Microsoft', '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.', 'auth_failed', /SMTP AUTH/],
  [
    'Yandex about spam',
    '535 5.7.8 Your message looks like spam. You need to use web for sending or prove you are not a robot',
    'auth_failed',
    /спам/,
  ],
]

describe('answers of mail servers', () => {
  it.each(imap)('from %s over IMAP are words for people', (_name, responseText, code, words) => {
    const fault = Object.assign(new Error('Command failed'), { authenticationFailed: true, responseText, response: `2 NO ${responseText}` })
    expect(connectFailure(fault, server)).toMatchObject({ code, words: { ru: expect.stringMatching(words) } })
  })

  it.each(smtp)('from %s over SMTP are words for people', (_name, response, code, words) => {
    const fault = Object.assign(new Error(`Invalid login: ${response}`), { code: 'EAUTH', response, responseCode: 535 })
    expect(connectFailure(fault, server)).toMatchObject({ code, words: { ru: expect.stringMatching(words) } })
  })

  it('never show addresses or tokens that a server repeats', () => {
    const fault = Object.assign(new Error('odd answer for boss@shop.example ya29.a0AfH6SMBx1234567890abcdefghijklmnop'), { code: 'EODD' })
    const told = connectFailure(fault, server).message
    expect(told).not.toContain('boss@shop.example')
    expect(told).not.toContain('a0AfH6SMBx')
  })
})
