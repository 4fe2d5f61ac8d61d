import type { Router } from '@orpc/server'
import type { contract } from '../contract/contract.ts'
import { apiKeysRoutes } from './api-keys.ts'
import { approvedTemplatesRoutes } from './approved-templates.ts'
import { auditRoutes } from './audit.ts'
import { callsRoutes } from './calls.ts'
import { channelToolsRoutes } from './channel-tools.ts'
import { channelsRoutes } from './channels.ts'
import { companiesRoutes } from './companies.ts'
import { connectorsRoutes } from './connectors.ts'
import { contactsRoutes, mergesRoutes, suggestionsRoutes } from './contacts.ts'
import type { ApiContext } from './context.ts'
import { conversationsRoutes, draftsRoutes, waitingRoutes } from './conversations.ts'
import { deliveriesRoutes } from './deliveries.ts'
import { erasuresRoutes, personExportsRoutes } from './erasures.ts'
import { eventsRoutes } from './events.ts'
import { exportsRoutes } from './exports.ts'
import { healthRoutes } from './health.ts'
import { importsRoutes } from './imports.ts'
import { leadsRoutes } from './leads.ts'
import { addressesRoutes, numbersRoutes } from './numbers.ts'
import { optOutsRoutes } from './opt-outs.ts'
import { quarantineRoutes } from './quarantine.ts'
import { questionsRoutes } from './questions.ts'
import { refusalsRoutes } from './refusals.ts'
import { replaysRoutes } from './replays.ts'
import { reportsRoutes } from './reports.ts'
import { retentionRoutes } from './retention.ts'
import { checklistRoutes, commentsRoutes, reviewsRoutes } from './reviews.ts'
import { presenceRoutes, routingRoutes, untouchedRoutes } from './routing.ts'
import { rulesRoutes } from './rules.ts'
import { scheduledRoutes } from './scheduled.ts'
import { searchRoutes } from './search.ts'
import { sessionRoutes } from './session.ts'
import { settingsRoutes } from './settings.ts'
import { setupRoutes } from './setup.ts'
import { tasksRoutes } from './tasks.ts'
import { teamsRoutes } from './teams.ts'
import { templatesRoutes } from './templates.ts'
import { entriesRoutes } from './timeline.ts'
import { dispositionsRoutes, touchesRoutes } from './touches.ts'
import { usersRoutes } from './users.ts'
import { webhooksRoutes } from './webhooks.ts'

/** Everything of the contract, implemented. One line per resource. */
export const router = {
  setup: setupRoutes,
  session: sessionRoutes,
  settings: settingsRoutes,
  users: usersRoutes,
  teams: teamsRoutes,
  apiKeys: apiKeysRoutes,
  approvedTemplates: approvedTemplatesRoutes,
  audit: auditRoutes,
  health: healthRoutes,
  erasures: erasuresRoutes,
  personExports: personExportsRoutes,
  connectors: connectorsRoutes,
  channels: channelsRoutes,
  channelTools: channelToolsRoutes,
  deliveries: deliveriesRoutes,
  replays: replaysRoutes,
  refusals: refusalsRoutes,
  quarantine: quarantineRoutes,
  events: eventsRoutes,
  contacts: contactsRoutes,
  merges: mergesRoutes,
  suggestions: suggestionsRoutes,
  companies: companiesRoutes,
  leads: leadsRoutes,
  conversations: conversationsRoutes,
  waiting: waitingRoutes,
  drafts: draftsRoutes,
  scheduled: scheduledRoutes,
  entries: entriesRoutes,
  calls: callsRoutes,
  comments: commentsRoutes,
  checklist: checklistRoutes,
  reviews: reviewsRoutes,
  retention: retentionRoutes,
  numbers: numbersRoutes,
  questions: questionsRoutes,
  addresses: addressesRoutes,
  touches: touchesRoutes,
  dispositions: dispositionsRoutes,
  reports: reportsRoutes,
  tasks: tasksRoutes,
  routing: routingRoutes,
  presence: presenceRoutes,
  untouched: untouchedRoutes,
  search: searchRoutes,
  imports: importsRoutes,
  exports: exportsRoutes,
  templates: templatesRoutes,
  rules: rulesRoutes,
  optOuts: optOutsRoutes,
  webhooks: webhooksRoutes,
} satisfies Router<typeof contract, ApiContext>
