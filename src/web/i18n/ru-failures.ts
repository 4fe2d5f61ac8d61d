/** Why a message did not leave, by the code of the failure: the vendor's own words, mostly English, stand beside it. */
export const ruFailures = {
  failure: {
    auth_failed: 'вход в канал не принят, проверьте его настройки',
    rate_limited: 'сервис просит подождать, уйдёт само',
    temporary: 'нет связи с сервисом, попробуем ещё раз',
    outcome_unknown: 'связь оборвалась на полпути',
    rejected: 'сервис отказался это передать',
    invalid_recipient: 'такого адресата там нет',
    window_closed: 'срок для ответа в этом канале прошёл, клиент должен написать первым',
    blocked: 'клиент запретил нам писать ему здесь',
    unsupported: 'этот канал такого не передаёт',
    given_up: 'за сутки так и не удалось отправить',
    not_sent: 'не ушла предыдущая часть сообщения',
    channel_gone: 'канал удалён',
    other: 'сервис назвал свою причину, она в подсказке',
  },
}
