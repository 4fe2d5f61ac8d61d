-- What was promised in a call: it goes with the call to another card.
ALTER TABLE "tasks" ADD COLUMN "call_id" UUID;
CREATE INDEX "tasks_call_id_idx" ON "tasks"("call_id");

-- What somebody says of a moment of a call.
CREATE TABLE "call_comments" (
    "id" UUID NOT NULL,
    "call_id" UUID NOT NULL,
    "author_id" UUID NOT NULL,
    "at_seconds" DOUBLE PRECISION NOT NULL,
    "text" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "call_comments_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "call_comments_call_id_at_seconds_idx" ON "call_comments"("call_id", "at_seconds");

-- A checklist that was gone through: each item with its words of that day, and 1, 0 or nothing.
CREATE TABLE "reviews" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "user_id" UUID,
    "reviewer_id" UUID NOT NULL,
    "marks" JSONB NOT NULL DEFAULT '[]',
    "ones" INTEGER NOT NULL DEFAULT 0,
    "marked" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "reviews_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "reviews_kind_subject_id_key" ON "reviews"("kind", "subject_id");
CREATE INDEX "reviews_user_id_created_at_idx" ON "reviews"("user_id", "created_at");

-- Calls that chance has chosen for review: so many of each operator and day.
CREATE TABLE "review_samples" (
    "call_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "day" DATE NOT NULL,

    CONSTRAINT "review_samples_pkey" PRIMARY KEY ("call_id")
);
CREATE INDEX "review_samples_day_user_id_idx" ON "review_samples"("day", "user_id");
