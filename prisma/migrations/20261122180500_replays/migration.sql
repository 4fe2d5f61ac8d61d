-- Replays of many deliveries: what somebody asked for, how far it is, and what came of it. Newest deliveries first; `place` says where to go on.
CREATE TABLE "replays" (
    "id" UUID NOT NULL,
    "filter" JSONB NOT NULL DEFAULT '{}',
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "error" TEXT,
    "place" TEXT,
    "total" INTEGER,
    "done" INTEGER NOT NULL DEFAULT 0,
    "rewritten" INTEGER NOT NULL DEFAULT 0,
    "added" INTEGER NOT NULL DEFAULT 0,
    "unchanged" INTEGER NOT NULL DEFAULT 0,
    "superseded" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "failures" JSONB NOT NULL DEFAULT '[]',
    "actor_id" UUID,
    "actor_kind" TEXT NOT NULL,
    "actor_role" TEXT NOT NULL,
    "own_clients_only" BOOLEAN NOT NULL DEFAULT false,
    "worker" UUID,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "worked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "replays_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "replays_created_at_id_idx" ON "replays"("created_at" DESC, "id" DESC);
