import type { ContractCase } from '../case.ts'

export const form: ContractCase = {
  settings: {},
  proofs: {
    secret: {
      settings: { proof: 'secret', secret: 'a-secret-of-the-contract' },
      sign: (request) => ({ ...request, headers: { ...request.headers, 'x-hub-key': 'a-secret-of-the-contract' } }),
    },
    public: {
      settings: { proof: 'public', origins: ['https://contract.example'] },
      sign: (request) => ({ ...request, headers: { ...request.headers, origin: 'https://contract.example' } }),
    },
  },
  exempt: { badCredentials: 'a form has nobody to log in to' },
}
