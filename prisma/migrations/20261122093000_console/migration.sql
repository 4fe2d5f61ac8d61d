-- CreateTable
CREATE TABLE "scheduled_messages" (
    "id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "author_id" UUID,
    "author" JSONB NOT NULL,
    "text" TEXT NOT NULL,
    "subject" TEXT,
    "cc" JSONB,
    "attachment_ids" UUID[],
    "seen_cursor" TEXT NOT NULL,
    "send_at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'scheduled',
    "reason" TEXT,
    "detail" TEXT,
    "entry_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "scheduled_messages_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "scheduled_messages_state_send_at_idx" ON "scheduled_messages"("state", "send_at");

-- CreateIndex
CREATE INDEX "scheduled_messages_conversation_id_idx" ON "scheduled_messages"("conversation_id");
