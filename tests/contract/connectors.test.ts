import { connectors } from '../../src/connectors/registry.ts'
import { cases } from './cases/cases.ts'
import { describeConnector } from './contract.ts'

for (const connector of connectors) {
  const { id } = connector.manifest
  describeConnector({ connector, folder: `src/connectors/${id}`, contractCase: cases[id] })
}
