import type { Request, Response } from 'express'
import type { Actor } from '../../core/access/actor.ts'
import type { ApiDeps } from './context.ts'

/** What serves a raw operation, once the actor is known and may. `id` of the path is in `request.params`. */
export type RawHandler = (request: Request, response: Response, actor: Actor, deps: ApiDeps) => Promise<void>
