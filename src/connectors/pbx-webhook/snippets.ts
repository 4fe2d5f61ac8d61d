import type { Snippet } from '../../core/connector/connector.ts'
import type { Channel } from '../../core/connector/hub.ts'
import type { Settings } from './settings.ts'

const example =
  '{"event":"ringing","callId":"c-1","direction":"inbound","from":"+79990001122","dialled":"+74950000000","extension":"101","at":"2026-11-22T09:00:00Z"}'

/** The secret stays with who has it: only its place is in the code. */
export function snippets(channel: Channel<Settings>): Snippet[] {
  return [
    {
      id: 'curl',
      title: { en: 'An event by curl', ru: 'Событие через curl' },
      code: `BODY='${example}'
SIGNATURE=$(printf '%s' "$BODY" | openssl dgst -sha256 -hmac "$SECRET" | sed 's/^.* //')
curl -X POST '${channel.hookUrl}' -H 'content-type: application/json' -H "X-Signature: $SIGNATURE" -d "$BODY"`,
    },
    {
      id: 'asterisk',
      title: { en: 'Asterisk dialplan', ru: 'Диалплан Asterisk' },
      // A form: the dialplan takes the quotes of JSON away, and what a caller sends as his number stays a value.
      code: `same => n,Set(CURLOPT(httpheader)=X-Hub-Key: \${SECRET})
same => n,Set(SENT=\${CURL(${channel.hookUrl},event=ringing&direction=inbound&callId=\${URIENCODE(\${CHANNEL(linkedid)})}&from=\${URIENCODE(\${CALLERID(num)})}&dialled=\${URIENCODE(\${EXTEN})})})`,
    },
  ]
}
