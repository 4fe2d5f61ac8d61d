import { Button } from '@mantine/core'
import { IconFileSpreadsheet } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { largestImport, uploadImport } from '../../api/upload-import.ts'
import { tell, tellError } from '../../components/tell.ts'
import classes from './import.module.css'

/** Where a table is dropped; says what will happen to it. */
export function DropZone() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [isOver, setOver] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const upload = useMutation({
    mutationFn: uploadImport,
    onSuccess: (importId) => void navigate({ to: '/import/$importId', params: { importId } }),
    onError: tellError,
  })
  function take(file: File | undefined): void {
    if (!file) return
    if (file.size > largestImport) tell(t('import.tooLarge'))
    else upload.mutate(file)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is the mouse's way; the button inside is the keyboard's
    <div
      className={classes.drop}
      data-over={isOver}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        take(event.dataTransfer.files[0])
      }}
    >
      <IconFileSpreadsheet size={36} stroke={1.2} aria-hidden />
      <h2>{t('import.drop')}</h2>
      <p>{t('import.dropHint')}</p>
      <input
        ref={field}
        type="file"
        hidden
        accept=".csv,.txt,.tsv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        onChange={(event) => {
          take(event.currentTarget.files?.[0])
          event.currentTarget.value = ''
        }}
      />
      <Button loading={upload.isPending} onClick={() => field.current?.click()}>
        {t('import.choose')}
      </Button>
    </div>
  )
}
