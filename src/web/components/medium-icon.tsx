import { IconForms, IconMail, IconMessage, IconMessageCircle, IconPhone, IconSend, type TablerIcon } from '@tabler/icons-react'

const icons: Record<string, TablerIcon> = { email: IconMail, form: IconForms, voice: IconPhone, sms: IconMessage, chat: IconSend }

/** A grey icon in the meta line: media have no colours. */
export function MediumIcon({ medium }: { medium: string }) {
  const Icon = icons[medium] ?? IconMessageCircle
  return <Icon size={16} stroke={1.8} aria-label={medium} role="img" />
}
