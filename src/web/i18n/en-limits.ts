import type { ruLimits } from './ru-limits.ts'

export const enLimits: typeof ruLimits = {
  limits: {
    open: 'You may answer here for {{left}} more',
    days: '{{n}} days',
    hours: '{{h}} h {{m}} min',
    minutes: '{{m}} min',
    closed: 'The time to answer is over.',
    never: 'The client has not written on this channel yet.',
    useTemplate: 'The service lets only an approved template through.',
    waitForHim: 'The service lets nothing through until the client writes. Reach him another way.',
    choose: 'Choose a template',
    characters: '{{n}} of {{most}} characters',
    bytes: '{{n}} of {{most}} bytes',
    pieces: 'will go as {{n}} messages',
    offer: 'Buttons with ready answers',
    button: 'Caption, then Enter',
    buttons: '{{n}} of {{most}}, up to {{length}} characters',
    file: {
      none: '"{{name}}": this channel carries no files',
      kind: '"{{name}}": this channel does not carry such files',
      size: '"{{name}}" is larger than the {{most}} that the channel carries',
    },
  },
}
