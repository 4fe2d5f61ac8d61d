import type { ruSignIn } from './ru-sign-in.ts'

export const enSignIn: typeof ruSignIn = {
  elsewhere: {
    enter: 'Sign in with the company’s service',
    away: 'The sign-in service does not answer. Use your password, or try again later.',
    refused: 'The service knows you, but there is no account with this e-mail here, or it is switched off. Ask an administrator.',
  },
}
