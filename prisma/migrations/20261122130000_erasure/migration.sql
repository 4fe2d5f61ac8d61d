-- A person was erased: who asked, what was removed (numbers alone), and which cards these were. No personal data.
CREATE TABLE "erasures" (
    "id" UUID NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "contact_ids" UUID[],
    "actor_id" UUID,
    "asked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "done_at" TIMESTAMPTZ(3),
    "certificate" JSONB NOT NULL DEFAULT '{}',
    "pending_files" TEXT[],
    "failure" TEXT,

    CONSTRAINT "erasures_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "erasures_asked_at_id_idx" ON "erasures"("asked_at" DESC, "id" DESC);

-- Keyed hashes of events that must not come back by a replay, a back-fill or a restore.
CREATE TABLE "erased_keys" (
    "hash" TEXT NOT NULL,
    "erasure_id" UUID NOT NULL,

    CONSTRAINT "erased_keys_pkey" PRIMARY KEY ("hash")
);

-- What one person may take with him: made by a job, removed after a while.
CREATE TABLE "person_exports" (
    "id" UUID NOT NULL,
    "contact_id" UUID NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "language" TEXT NOT NULL,
    "actor_id" UUID,
    "file" TEXT,
    "size" BIGINT,
    "failure" TEXT,
    "asked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "done_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "person_exports_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "person_exports_contact_id_asked_at_idx" ON "person_exports"("contact_id", "asked_at" DESC);

-- Deliveries that came again after their person was erased: their raw body is still to be removed.
CREATE INDEX "deliveries_erased" ON "deliveries" ("id") WHERE "reason" = 'erased';
