import type { Prisma, PrismaClient } from '../database/generated/client.ts'
import { newId } from '../database/id.ts'
import { type Actor, actorId } from './actor.ts'

/** Who asked, and from where: what every audited use case is told. */
export interface Caller {
  actor: Actor
  /** Address of the caller; absent for the hub itself. */
  ip?: string
}

/** `user.created`, `channel.deleted` …: noun, dot, past tense. `detail` holds no secrets. */
export async function recordAudit(
  { prisma }: { prisma: Pick<PrismaClient, 'auditRecord'> },
  { actor, ip }: Caller,
  record: { action: string; subject?: string; detail?: Prisma.InputJsonObject },
): Promise<void> {
  await prisma.auditRecord.create({
    data: {
      id: newId(),
      actorId: actorId(actor),
      actor: actor.kind,
      action: record.action,
      subject: record.subject ?? null,
      ip: ip ?? null,
      ...(record.detail ? { detail: record.detail } : {}),
    },
  })
}
