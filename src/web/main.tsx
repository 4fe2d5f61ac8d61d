import '@fontsource-variable/inter'
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import './tokens.css'
import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { queryClient, whenSignedOut } from './api/query-client.ts'
import { startI18n } from './i18n/i18n.ts'
import { reloadOnNewBuild } from './reload-on-new-build.ts'
import { router } from './router.tsx'
import { theme } from './theme.ts'

reloadOnNewBuild()
whenSignedOut(() => void router.navigate({ to: '/sign-in' }))
const root = document.getElementById('root')
if (!root) throw new Error('index.html has a #root')

await startI18n()
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <Notifications position="bottom-right" />
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
