import { Button, FileButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { uploadAttachment } from '../../api/upload-attachment.ts'
import { tellError } from '../../components/tell.ts'
import type { TemplateItem } from './rule-item.ts'
import classes from './rules.module.css'

type Files = TemplateItem['files']

/** Files that go with the text. `onChange` gets how the list changes, for an upload ends later than it begins. */
export function TemplateFiles({ files, onChange }: { files: Files; onChange(change: (files: Files) => Files): void }) {
  const { t } = useTranslation()
  function add(file: File): void {
    uploadAttachment(file).then((id) => onChange((now) => [...now, { id, name: file.name, type: file.type, size: file.size }]), tellError)
  }
  return (
    <div className={`${classes.wide} ${classes.chips}`}>
      <FileButton multiple onChange={(added) => added.forEach(add)}>
        {(props) => (
          <Button variant="default" size="xs" {...props}>
            {t('templates.attach')}
          </Button>
        )}
      </FileButton>
      {files.map((file) => (
        <button
          key={file.id}
          type="button"
          title={t('templates.detach', { name: file.name })}
          onClick={() => onChange((now) => now.filter(({ id }) => id !== file.id))}
        >
          {`${file.name} ×`}
        </button>
      ))}
    </div>
  )
}
