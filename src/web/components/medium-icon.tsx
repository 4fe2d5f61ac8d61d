import { IconListCheck, IconMail, IconMessage, IconMessageCircle, IconNote, IconPhone, IconSend, type TablerIcon } from '@tabler/icons-react'
import { mediumWords } from './medium-words.ts'

const icons: Record<string, TablerIcon> = {
  email: IconMail,
  form: IconListCheck,
  voice: IconPhone,
  sms: IconMessage,
  chat: IconSend,
  note: IconNote,
}

/** A grey icon in the meta line: media have no colours. */
export function MediumIcon({ medium }: { medium: string }) {
  const Icon = icons[medium] ?? IconMessageCircle
  return <Icon size={16} stroke={1.8} aria-label={mediumWords(medium)} role="img" />
}
