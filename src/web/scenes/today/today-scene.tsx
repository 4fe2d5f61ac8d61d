import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Chip, Empty, Page, SkeletonRows } from '../../components/page.tsx'
import { AnswersTable } from './answers-table.tsx'
import { type Days, DaysBar } from './days-bar.tsx'
import { FactRows } from './fact-rows.tsx'
import { HoursChart } from './hours-chart.tsx'
import { LeftAlone } from './left-alone.tsx'
import { NumberTile } from './number-tile.tsx'
import { PeopleTable } from './people-table.tsx'
import { type Open, type Opened, type Report, shownDays } from './shown-facts.ts'
import { SourcesTable } from './sources-table.tsx'
import { TeamChoice } from './team-choice.tsx'
import classes from './today.module.css'
import { useReport } from './use-report.ts'

/** The manager's morning and evening: what came, who waits, how fast we answer, whom we forgot, who did what. Each number opens its rows. */
export function TodayScene() {
  const { t, i18n } = useTranslation()
  const [days, setDays] = useState<Days>({})
  const [teamId, setTeamId] = useState<string>()
  const [opened, setOpened] = useState<Opened>()
  const ofTeam = teamId === undefined ? {} : { teamId }
  const { data: report } = useReport({ ...days, ...ofTeam })
  if (!report)
    return (
      <Page title={t('today.title')}>
        <SkeletonRows />
      </Page>
    )
  const { timeZone, readAt } = report
  const span = { ...report.days, ...ofTeam }
  const today = new Date(readAt).toLocaleDateString('sv-SE', { timeZone })
  const time = new Date(readAt).toLocaleTimeString(i18n.language, { timeZone, hour: '2-digit', minute: '2-digit' })
  const shown = shownDays(report.days, i18n.language)
  const definition = opened && report.definitions[opened.fact]
  const title = (i18n.language === 'en' ? definition?.en.title : definition?.ru.title) ?? ''
  return (
    <Page
      title={t('today.title')}
      hint={t('today.hint', { day: shown, zone: timeZone, time })}
      acts={
        <>
          <TeamChoice chosen={teamId} onChoose={setTeamId} />
          <DaysBar today={today} shown={report.days} onChoose={setDays} />
        </>
      }
    >
      <div className={classes.body}>
        <Tiles report={report} onOpen={setOpened} />
        <Sum report={report} />
        {(report.numbers.enquiries ?? 0) === 0 && <Empty title={t('today.empty')} hint={t('today.emptyHint')} />}
        <div className={classes.grid}>
          <SourcesTable report={report} onOpen={setOpened} />
          <HoursChart report={report} onOpen={setOpened} />
          <PeopleTable report={report} onOpen={setOpened} />
          <AnswersTable report={report} />
          <LeftAlone
            report={report}
            span={span}
            fact="notCalledBack"
            nobody={t(report.hasCalls ? 'today.missedNone' : 'today.noCalls')}
            onOpen={setOpened}
          />
          <LeftAlone report={report} span={span} fact="untouchedLeads" nobody={t('today.untouchedNone')} onOpen={setOpened} />
        </div>
      </div>
      {opened && <FactRows opened={opened} span={span} title={title} onClose={() => setOpened(undefined)} />}
    </Page>
  )
}

function Tiles({ report, onOpen }: { report: Report; onOpen: Open }) {
  const { t } = useTranslation()
  const { numbers, firstAnswer, before } = report
  const { all } = firstAnswer
  const shown = (minutes: number | null) => (minutes === null ? t('today.noAnswer') : t('today.answer', { n: minutes }))
  return (
    <div className={classes.tiles}>
      <NumberTile report={report} fact="enquiries" onOpen={onOpen}>
        {t('today.before', { n: before.enquiries })}
      </NumberTile>
      <NumberTile report={report} fact="waiting" onOpen={onOpen}>
        {(numbers.late ?? 0) > 0 ? (
          <Late fact="late" report={report} onOpen={onOpen} words={t('today.late', { n: numbers.late })} />
        ) : (
          t('today.inTime')
        )}
      </NumberTile>
      <NumberTile report={report} fact="answered" value={shown(all.openMedian)} onOpen={onOpen}>
        {t('today.measured', { p90: shown(all.openP90), n: all.n })}
        <br />
        {t('today.byClock', { median: shown(all.median), p90: shown(all.p90) })}
      </NumberTile>
      <NumberTile report={report} fact="missed" onOpen={onOpen}>
        {report.hasCalls ? (
          <Late fact="notCalledBack" report={report} onOpen={onOpen} words={t('today.notBack', { n: numbers.notCalledBack })} />
        ) : (
          t('today.noCalls')
        )}
      </NumberTile>
      <NumberTile report={report} fact="untouchedLeads" onOpen={onOpen}>
        <button type="button" className={classes.cell} onClick={() => onOpen({ fact: 'newLeads', count: numbers.newLeads ?? 0 })}>
          {t('today.ofNew', { n: numbers.newLeads })}
        </button>
      </NumberTile>
    </div>
  )
}

function Late({ report, fact, words, onOpen }: { report: Report; fact: 'late' | 'notCalledBack'; words: string; onOpen: Open }) {
  const count = report.numbers[fact] ?? 0
  return (
    <button type="button" className={count > 0 ? `${classes.cell} ${classes.late}` : classes.cell} onClick={() => onOpen({ fact, count })}>
      {words}
    </button>
  )
}

/** The totals prove themselves in sight. */
function Sum({ report }: { report: Report }) {
  const { t } = useTranslation()
  const { begun, answered, settled, unanswered, quarantined, enquiries } = report.numbers
  const bySource = report.sources.reduce((total, { count }) => total + count, 0)
  const isSound = begun === answered + settled + unanswered && bySource === enquiries
  return (
    <div className={classes.sum}>
      <span>{t('today.sum', { begun, answered, settled, unanswered })}</span>
      <Chip tone={isSound ? 'good' : 'late'}>{t(isSound ? 'today.reconciles' : 'today.differs')}</Chip>
      {quarantined > 0 && <span>{t('today.quarantine', { n: quarantined })}</span>}
    </div>
  )
}
