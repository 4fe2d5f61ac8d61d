import { useTranslation } from 'react-i18next'
import classes from './template-list.module.css'
import type { TemplateChoice } from './use-templates.ts'

/** Templates above the field, while "/" is being written in it. */
export function TemplateList({ templates: { items, at, pick } }: { templates: TemplateChoice }) {
  const { t } = useTranslation()
  return (
    <div className={classes.list}>
      <div role="listbox" aria-label={t('templates.pick')}>
        {items.map((item, place) => (
          <div
            key={item.id}
            role="option"
            tabIndex={-1}
            aria-selected={place === at}
            className={classes.item}
            onMouseDown={(event) => {
              event.preventDefault()
              pick(item)
            }}
          >
            <b>{item.name}</b>
            <span>{item.text}</span>
          </div>
        ))}
      </div>
      <p className={classes.hint}>{items.length === 0 ? t('templates.none') : t('templates.pickHint')}</p>
    </div>
  )
}
