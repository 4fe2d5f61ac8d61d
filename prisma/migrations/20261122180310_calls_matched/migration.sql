-- Calls that were asked for and that no vendor has named yet.
CREATE INDEX "calls_unnamed" ON "calls" ("channel_id", "started_at") WHERE "direction" = 'outbound' AND "outcome" IS NULL;

-- A call in vain after it was put to rest wakes a conversation.
ALTER TABLE "conversations" ADD COLUMN "snoozed_at" TIMESTAMPTZ(3);
