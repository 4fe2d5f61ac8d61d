import components from '../../components/components.module.css'
import { Face } from '../../components/face.tsx'
import { shownIdentity } from '../../components/shown-identity.ts'
import classes from './import.module.css'
import type { ImportRow } from './import-item.ts'
import { reasonWords } from './reason-words.ts'

/** Rows of the file as the cards they would become. */
export function PreviewCards({ rows }: { rows: ImportRow[] }) {
  return rows.map(({ number, read }) => (
    <article key={number} className={classes.card}>
      <header>
        <Face name={read.name || read.company?.name || ''} />
        <div>
          <b>{read.name || read.company?.name || '—'}</b>
          {read.name && read.company && <span className={components.hint}>{read.company.name}</span>}
        </div>
      </header>
      {read.identities.length > 0 && <p>{read.identities.map(shownIdentity).join(' · ')}</p>}
      <dl>
        {Object.entries({ ...read.fields, ...read.company?.fields })
          .slice(0, 6)
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {[...read.faults, ...read.notes].map((reason) => (
        <p key={`${reason.code} ${reason.value}`} className={classes.note}>
          {reasonWords(reason)}
        </p>
      ))}
    </article>
  ))
}
