-- Tests of whoever connects a channel: marked, and taken off the cards again. null: nobody said; false: a person said that it is none.
ALTER TABLE "deliveries" ADD COLUMN "test" BOOLEAN, ADD COLUMN "test_by" UUID, ADD COLUMN "removed_at" TIMESTAMPTZ(3);
CREATE INDEX "deliveries_tests" ON "deliveries" ("received_at" DESC, "id" DESC) WHERE "test";

-- What a channel's settings were before each change: a mapping can be put back on any later day. Secrets stay sealed.
CREATE TABLE "channel_versions" (
    "id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "settings" JSONB NOT NULL,
    "changed" TEXT[],
    "actor_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "channel_versions_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "channel_versions_channel_id_at_id_idx" ON "channel_versions" ("channel_id", "at" DESC, "id" DESC);
