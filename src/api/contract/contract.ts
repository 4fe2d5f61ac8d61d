import { apiKeysContract } from './api-keys.ts'
import { approvedTemplatesContract } from './approved-templates.ts'
import { auditContract } from './audit.ts'
import { callsContract } from './calls.ts'
import { channelToolsContract } from './channel-tools.ts'
import { channelsContract } from './channels.ts'
import { companiesContract } from './companies.ts'
import { connectorsContract } from './connectors.ts'
import { contactsContract, mergesContract, suggestionsContract } from './contacts.ts'
import { conversationsContract, draftsContract, waitingContract } from './conversations.ts'
import { deliveriesContract } from './deliveries.ts'
import { erasuresContract, personExportsContract } from './erasures.ts'
import { eventsContract } from './events.ts'
import { exportsContract } from './exports.ts'
import { healthContract } from './health.ts'
import { importsContract } from './imports.ts'
import { leadsContract } from './leads.ts'
import { addressesContract, numbersContract } from './numbers.ts'
import { optOutsContract } from './opt-outs.ts'
import { quarantineContract } from './quarantine.ts'
import { questionsContract } from './questions.ts'
import { refusalsContract } from './refusals.ts'
import { replaysContract } from './replays.ts'
import { reportsContract } from './reports.ts'
import { retentionContract } from './retention.ts'
import { checklistContract, commentsContract, reviewsContract } from './reviews.ts'
import { presenceContract, routingContract, untouchedContract } from './routing.ts'
import { rulesContract } from './rules.ts'
import { scheduledContract } from './scheduled.ts'
import { searchContract } from './search.ts'
import { sessionContract } from './session.ts'
import { settingsContract } from './settings.ts'
import { setupContract } from './setup.ts'
import { tasksContract } from './tasks.ts'
import { teamsContract } from './teams.ts'
import { templatesContract } from './templates.ts'
import { entriesContract } from './timeline.ts'
import { dispositionsContract, touchesContract } from './touches.ts'
import { usersContract } from './users.ts'
import { webhooksContract } from './webhooks.ts'

/** Everything that console and outside world may call; under /api/v1. One line per resource. */
export const contract = {
  setup: setupContract,
  session: sessionContract,
  settings: settingsContract,
  users: usersContract,
  teams: teamsContract,
  apiKeys: apiKeysContract,
  approvedTemplates: approvedTemplatesContract,
  audit: auditContract,
  health: healthContract,
  erasures: erasuresContract,
  personExports: personExportsContract,
  connectors: connectorsContract,
  channels: channelsContract,
  channelTools: channelToolsContract,
  deliveries: deliveriesContract,
  replays: replaysContract,
  refusals: refusalsContract,
  quarantine: quarantineContract,
  events: eventsContract,
  contacts: contactsContract,
  merges: mergesContract,
  suggestions: suggestionsContract,
  companies: companiesContract,
  leads: leadsContract,
  conversations: conversationsContract,
  waiting: waitingContract,
  drafts: draftsContract,
  scheduled: scheduledContract,
  entries: entriesContract,
  calls: callsContract,
  comments: commentsContract,
  checklist: checklistContract,
  reviews: reviewsContract,
  retention: retentionContract,
  numbers: numbersContract,
  questions: questionsContract,
  addresses: addressesContract,
  touches: touchesContract,
  dispositions: dispositionsContract,
  reports: reportsContract,
  tasks: tasksContract,
  routing: routingContract,
  presence: presenceContract,
  untouched: untouchedContract,
  search: searchContract,
  imports: importsContract,
  exports: exportsContract,
  templates: templatesContract,
  rules: rulesContract,
  optOuts: optOutsContract,
  webhooks: webhooksContract,
}
