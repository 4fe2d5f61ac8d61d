import { Button, Modal } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRight } from '../api/session.ts'
import { Key } from './page.tsx'
import classes from './touch-form.module.css'
import { TouchForm } from './touch-form.tsx'
import { useKeys } from './use-keys.ts'

/** On a card: one button, one key, for what the system did not see. */
export function LogTouch({ cardId }: { cardId: string }) {
  const { t } = useTranslation()
  const may = useRight('touches.log')
  const [isOpen, setOpen] = useState(false)
  useKeys({ l: () => may && setOpen(true) })
  if (!may) return null
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {t('touch.title')}
        <Key>{'L'}</Key>
      </Button>
      <Modal opened={isOpen} onClose={() => setOpen(false)} title={t('touch.title')} size="lg" closeButtonProps={{ 'aria-label': t('common.close') }}>
        <p className={classes.modal}>{t('touch.hint')}</p>
        <TouchForm contactOf={() => Promise.resolve(cardId)} onDone={() => setOpen(false)} />
      </Modal>
    </>
  )
}
