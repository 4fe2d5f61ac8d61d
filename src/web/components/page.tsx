import type { ReactNode } from 'react'
import classes from './components.module.css'

/** A scene with its bar: title, a hint beside it, acts at the right. */
export function Page({ title, hint, acts, children }: { title: string; hint?: string; acts?: ReactNode; children: ReactNode }) {
  return (
    <div className={classes.page}>
      <header className={classes.bar}>
        <h1>{title}</h1>
        {hint && <span className={classes.hint}>{hint}</span>}
        <div className={classes.grow} />
        {acts}
      </header>
      {children}
    </div>
  )
}

/** Says what will be here and what to do for it. */
export function Empty({ title, hint, children }: { title: string; hint?: string; children?: ReactNode }) {
  return (
    <div className={classes.empty}>
      <h2>{title}</h2>
      {hint && <p>{hint}</p>}
      {children}
    </div>
  )
}

/** Rows of what is being loaded, in the geometry of the full ones. */
export function SkeletonRows({ count = 8 }: { count?: number }) {
  return (
    <div aria-busy="true">
      {Array.from({ length: count }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike and never move
        <div key={index} className={classes.skeleton} />
      ))}
    </div>
  )
}

export type Tone = 'plain' | 'good' | 'soon' | 'late' | 'accent'

export function Chip({ tone = 'plain', children, title }: { tone?: Tone; children: ReactNode; title?: string }) {
  return (
    <span className={tone === 'plain' ? classes.chip : `${classes.chip} ${classes[tone]}`} title={title}>
      {children}
    </span>
  )
}

export function Key({ children }: { children: ReactNode }) {
  return <kbd className={classes.kbd}>{children}</kbd>
}
