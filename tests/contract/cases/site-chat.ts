import type { ContractCase } from '../case.ts'

const settings = { origins: ['https://contract.example'], identifySecret: 'a-secret-of-the-contract' }

export const siteChat: ContractCase = {
  settings,
  proofs: {
    public: {
      settings,
      sign(request) {
        const visitor = new URLSearchParams(request.query).get('visitor') ?? ''
        return { ...request, headers: { ...request.headers, origin: 'https://contract.example', authorization: `Bearer visitor-${visitor}` } }
      },
    },
  },
  exempt: { badCredentials: 'there is nobody to log in to: both ends are ours' },
}
