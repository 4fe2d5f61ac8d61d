import { IconDots } from '@tabler/icons-react'
import { useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemCount } from './problem-count.tsx'
import { SectionLink } from './section-link.tsx'
import type { Section } from './sections.ts'
import classes from './shell.module.css'
import { WebhookAlarm } from './webhook-alarm.tsx'

/** The sections that have no place on the rail, on a phone (`narrow`) also most of the others. The browser's own popover: the first screen is weighed. */
export function MoreSections({ sections, narrow }: { sections: Section[]; narrow: Section[] }) {
  const { t } = useTranslation()
  const id = useId()
  const panel = useRef<HTMLDivElement>(null)
  const close = () => panel.current?.hidePopover()
  const holds = (name: Section['text']) => sections.some(({ text }) => text === name)
  if (sections.length + narrow.length === 0) return null
  return (
    <>
      <button
        type="button"
        className={`${classes.link} ${classes.opener}`}
        popoverTarget={id}
        data-width={sections.length === 0 ? 'narrow' : undefined}
      >
        <IconDots size={20} stroke={1.6} aria-hidden />
        {t('nav.more')}
        {holds('health') && <ProblemCount />}
        {holds('webhooks') && !holds('health') && <WebhookAlarm />}
      </button>
      <div ref={panel} id={id} popover="auto" className={classes.more}>
        {narrow.map((section) => (
          <SectionLink key={section.to} section={section} width="narrow" onGo={close} />
        ))}
        {sections.map((section) => (
          <SectionLink key={section.to} section={section} onGo={close} />
        ))}
      </div>
    </>
  )
}
