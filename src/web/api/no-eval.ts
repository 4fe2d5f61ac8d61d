import { z } from 'zod'

// Zod compiles its checks by eval where it may; the console's content security policy forbids that, so it is told not to try.
z.config({ jitless: true })
