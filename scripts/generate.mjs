import { generateClient } from './prepare.mjs'

generateClient()
