import type { ruFailures } from './ru-failures.ts'

export const enFailures: typeof ruFailures = {
  failure: {
    auth_failed: 'the channel’s sign-in is not accepted, check its settings',
    rate_limited: 'the service asks to wait, it will leave by itself',
    temporary: 'the service cannot be reached, it will be tried again',
    outcome_unknown: 'the line broke half-way',
    rejected: 'the service refused to carry it',
    invalid_recipient: 'there is no such recipient',
    window_closed: 'the time to answer in this channel is over, the client has to write first',
    blocked: 'the client does not let us write here',
    unsupported: 'this channel does not carry it',
    given_up: 'it could not be sent for a whole day',
    not_sent: 'an earlier part of the message did not leave',
    channel_gone: 'the channel was deleted',
    other: 'the service has a reason of its own: point at this to read it',
  },
}
