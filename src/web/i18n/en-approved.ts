import type { ruApproved } from './ru-approved.ts'

export const enApproved: typeof ruApproved = {
  approved: {
    title: 'Approved templates',
    search: 'Name or a word',
    failed: 'The service did not give its list of templates',
    none: 'There are no approved templates yet',
    noneHint: 'Make one in the service’s own office. Once it is approved it appears here.',
    renew: 'Ask for the list anew',
    preview: 'What the client will see',
    place: {
      header: 'Header: {{n}}',
      body: 'Text: {{n}}',
      button: 'End of the link of button {{n}}',
    },
    file: {
      image: 'Picture for the header:',
      video: 'Video for the header:',
      document: 'File for the header:',
    },
  },
}
