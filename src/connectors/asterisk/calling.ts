import type { CallCommand, CallRequest, PlacedCall } from '../../core/connector/calling.ts'
import type { ConnectorError } from '../../core/connector/errors.ts'
import type { Channel } from '../../core/connector/hub.ts'
import { wordedError } from '../../core/connector/worded-error.ts'
import { withAmi } from './client.ts'
import type { Packet } from './packets.ts'
import { pauseRecording } from './pause-recording.ts'
import { nameOfRequest } from './request-names.ts'
import type { Settings } from './settings.ts'

/** How long the user's phone rings, ms. */
const ringMs = 30_000

/**
 * Rings the user's phone, then sends it to the client's number through the dialplan. The channel's name is chosen by us, so that the call's events are known
 * before the first of them comes. Throws ConnectorError; never to be tried twice.
 */
export async function placeCall(request: CallRequest, { settings }: Channel<Settings>): Promise<PlacedCall> {
  const name = nameOfRequest(request.id)
  const channel = request.user.includes('/') ? request.user : settings.phoneChannel.replaceAll('{user}', request.user)
  if (!/^[\w/@.+-]+$/.test(channel))
    throw wordedError('invalid_recipient', {
      en: 'Your number in Team is no extension of Asterisk',
      ru: 'Ваш номер в разделе «Команда» — не внутренний номер Asterisk',
    })
  const number = request.to.replaceAll(/\D/g, '')
  await act(settings, {
    Action: 'Originate',
    ActionID: name,
    Channel: channel,
    Context: settings.context,
    Exten: `${settings.dialPrefix}${number}`,
    Priority: '1',
    CallerID: `"${number}" <${number}>`,
    Timeout: String(ringMs),
    Async: 'true',
    ChannelId: name,
    Variable: [`HUB_CALL=${request.id}`],
  })
  return { callId: name }
}

/** A leg's id is the name of its channel. */
export async function controlCall(command: CallCommand, { settings }: Channel<Settings>): Promise<void> {
  if (command.name === 'pause_recording' || command.name === 'resume_recording') return await pauseRecording(command, settings)
  const channel = command.legId
  if (channel === undefined)
    throw wordedError('rejected', { en: 'Asterisk needs to know which phone it concerns', ru: 'Asterisk должен знать, о каком телефоне речь' })
  if (command.name === 'hang_up') await act(settings, { Action: 'Hangup', Channel: channel, Cause: '16' })
  else if (command.name === 'transfer') {
    if (!/^\+?[\d*#]{1,20}$/.test(command.to ?? ''))
      throw wordedError('invalid_recipient', {
        en: 'A call goes on to an extension or a number',
        ru: 'Перевести можно на внутренний номер или телефон',
      })
    await act(settings, { Action: 'BlindTransfer', Channel: channel, Context: settings.context, Exten: command.to ?? '' })
  } else await act(settings, { Action: 'MuteAudio', Channel: channel, Direction: 'in', State: command.name === 'mute' ? 'on' : 'off' })
}

/** Once the action has left, a lost answer is unclear: it may have rung a phone. */
async function act(settings: Settings, fields: Record<string, string | string[]>): Promise<void> {
  const answer = await withAmi(settings, (ami) =>
    ami.ask(fields).catch((cause: unknown) => {
      if (cause instanceof TypeError)
        throw wordedError('rejected', { en: 'A line break is no part of a number', ru: 'В номере не бывает переноса строки' })
      throw wordedError('outcome_unknown', { en: 'Asterisk did not answer', ru: 'Asterisk не ответил' })
    }),
  )
  if (answer.get('response') !== 'Success') throw explain(answer)
}

function explain(answer: Packet): ConnectorError {
  const said = answer.get('message')?.slice(0, 200) ?? ''
  if (/permission denied/i.test(said)) {
    const en = 'The AMI user may not do this: add originate and call to write= in manager.conf'
    return wordedError('rejected', { en, ru: 'Пользователю AMI это запрещено: добавьте originate и call в write= файла manager.conf' })
  }
  if (/no such channel/i.test(said))
    return wordedError('rejected', { en: 'This phone is no longer in the call', ru: 'Этого телефона в звонке уже нет' })
  if (/extension does not exist|not exist/i.test(said))
    return wordedError('invalid_recipient', {
      en: `Asterisk knows no way to this number: ${said}`,
      ru: `Asterisk не знает пути к этому номеру: ${said}`,
    })
  return wordedError('rejected', { en: `Asterisk refused: ${said || 'no reason given'}`, ru: `Asterisk отказал: ${said || 'без объяснений'}` })
}
