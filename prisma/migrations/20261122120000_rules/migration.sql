-- CreateTable
CREATE TABLE "templates" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "subject" TEXT NOT NULL DEFAULT '',
    "text" TEXT NOT NULL,
    "language" TEXT,
    "team_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "templates_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rules" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "trigger" TEXT NOT NULL,
    "channel_id" UUID,
    "source" TEXT NOT NULL DEFAULT '',
    "template_id" UUID NOT NULL,
    "send_by" UUID[],
    "period_hours" INTEGER NOT NULL,
    "needs_consent" BOOLEAN NOT NULL,
    "active_since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "paused_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "rules_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rule_firings" (
    "id" UUID NOT NULL,
    "rule_id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "event_key" TEXT NOT NULL,
    "entry_id" UUID NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'due',
    "reason" TEXT,
    "sent_entry_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "rule_firings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "opt_outs" (
    "identity_id" UUID NOT NULL,
    "is_out" BOOLEAN NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "entry_id" UUID,
    "user_id" UUID,
    "word" TEXT,

    CONSTRAINT "opt_outs_pkey" PRIMARY KEY ("identity_id")
);

-- AlterTable
ALTER TABLE "attachments" ADD COLUMN     "template_id" UUID;

-- CreateIndex
CREATE INDEX "rule_firings_rule_id_id_idx" ON "rule_firings"("rule_id", "id" DESC);

-- CreateIndex
CREATE INDEX "rule_firings_sent_entry_id_idx" ON "rule_firings"("sent_entry_id");

-- CreateIndex
CREATE UNIQUE INDEX "rule_firings_rule_id_channel_id_event_key_key" ON "rule_firings"("rule_id", "channel_id", "event_key");

-- CreateIndex
CREATE INDEX "attachments_template_id_idx" ON "attachments"("template_id");

CREATE INDEX "rule_firings_due" ON "rule_firings" ("id") WHERE "status" = 'due';
CREATE INDEX "entries_automatic_sent" ON "entries" ("contact_id", "sort_at" DESC) WHERE "automatic" = 'robot' AND "direction" = 'outbound';
CREATE INDEX "entries_consented" ON "entries" ("contact_id") WHERE "kind" = 'form' AND "extra" -> 'consent' IS NOT NULL;
