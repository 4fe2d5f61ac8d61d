import { Button, Progress } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import components from '../../components/components.module.css'
import { Chip, type Tone } from '../../components/page.tsx'
import { shownClock } from '../../components/when.ts'
import log from '../log/log.module.css'
import classes from './forms.module.css'
import type { Card } from './mapping.ts'
import { roleWords } from './role-words.ts'
import type { Change, DryRun, Sample } from './use-dry-run.ts'

const tones: Record<Change, Tone> = { broken: 'late', new: 'good', changed: 'accent', same: 'plain' }
const most = 1000

/** How many of the past requests would be other than they are, and which. */
export function DryRunResult({ run, onStop }: { run: DryRun; onStop(): void }) {
  const { t } = useTranslation()
  const { isRunning, checked, counts, samples } = run
  return (
    <section className={classes.run} aria-live="polite">
      {isRunning && (
        <div className={classes.acts}>
          <Progress value={(checked / most) * 100} aria-label={t('mapping.trying', { n: checked })} className={components.grow} />
          <span>{t('mapping.trying', { n: checked })}</span>
          <Button variant="default" onClick={onStop}>
            {t('mapping.stop')}
          </Button>
        </div>
      )}
      {!isRunning && <p>{checked === 0 ? t('mapping.noneYet') : t('mapping.tried', { n: checked })}</p>}
      <div className={classes.acts}>
        {(['broken', 'new', 'changed', 'same'] as const).map((change) => (
          <Chip key={change} tone={counts[change] > 0 ? tones[change] : 'plain'} {...(change === 'broken' && { title: t('mapping.brokenHint') })}>
            <b>{counts[change]}</b> {t(`mapping.counts.${change}`)}
          </Chip>
        ))}
      </div>
      {samples.length > 0 && (
        <ul className={components.box}>
          {samples.map((sample) => (
            <SampleRow key={sample.id} sample={sample} />
          ))}
        </ul>
      )}
    </section>
  )
}

function SampleRow({ sample }: { sample: Sample }) {
  const { t } = useTranslation()
  const { before, after } = sample
  const rows = linesOf(before[0], after[0])
  return (
    <li className={log.change}>
      <div className={log.foot}>
        <Chip tone={tones[sample.change]}>{t(`mapping.counts.${sample.change}`)}</Chip>
        <span className={components.grow}>{shownClock(sample.receivedAt)}</span>
      </div>
      {rows.map(([title, was, will]) => (
        <dl key={title} className={log.diff}>
          <dt>{title}</dt>
          <dd data-side="before">{was || '—'}</dd>
          <dd data-side="after">{will || '—'}</dd>
        </dl>
      ))}
    </li>
  )
}

/** What differs, line by line. */
function linesOf(before: Card | undefined, after: Card | undefined): [string, string, string][] {
  const lines = [partsOf(before), partsOf(after)] as const
  const names = [...new Set(lines.flatMap((line) => [...line.keys()]))]
  return names
    .map((name): [string, string, string] => [name, lines[0].get(name) ?? '', lines[1].get(name) ?? ''])
    .filter(([, was, will]) => was !== will)
}

function partsOf(card: Card | undefined): Map<string, string> {
  const of = (kind: string) =>
    card?.identities
      .filter((identity) => identity.kind === kind)
      .map(({ value }) => value)
      .join(', ') ?? ''
  return new Map([
    [roleWords('name'), card?.name ?? ''],
    [roleWords('phone'), of('phone')],
    [roleWords('email'), of('email')],
    [roleWords('topic'), card?.subject ?? ''],
    [roleWords('text'), card?.text ?? ''],
    [roleWords('company'), card?.company ?? ''],
    [roleWords('submittedAt'), card?.at ?? ''],
    ...(card?.fields ?? []).map(({ name, value }): [string, string] => [name, value]),
  ])
}
