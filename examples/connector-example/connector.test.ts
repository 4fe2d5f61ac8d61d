import { describeConnector } from '../../tests/contract/contract.ts'
import { doorbell } from './connector.ts'

describeConnector({
  connector: doorbell,
  folder: 'examples/connector-example',
  contractCase: { settings: {}, exempt: { badCredentials: 'there is nothing to log in to' } },
})
