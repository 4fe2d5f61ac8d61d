import type { ruSetUp } from './ru-set-up.ts'

export const enSetUp: typeof ruSetUp = {
  setup: {
    title: 'Set up Switchboard',
    intro: 'One page, and the hub is ready for requests.',
    firm: 'Name of the firm',
    you: 'Your name',
    email: 'Your e-mail',
    password: 'Password',
    passwordHint: 'At least 10 characters',
    language: 'Language',
    zone: 'Time zone',
    country: 'Country (for phones)',
    client: 'A client is',
    contact: 'a person',
    company: 'a company',
    go: 'Done, on to the first channel',
    badLink: 'The link is used up or wrong. Take a fresh one from the output of the program.',
  },
}
