import type { ReactNode } from 'react'
import classes from './door.module.css'

/** The page before the console: one box in the middle. */
export function Door({ title, intro, children }: { title: string; intro?: string; children: ReactNode }) {
  return (
    <main className={classes.door}>
      <div className={classes.box}>
        <img src="/icon.svg" width={32} height={32} alt="" />
        <h1>{title}</h1>
        {intro && <p className={classes.intro}>{intro}</p>}
        {children}
      </div>
    </main>
  )
}
