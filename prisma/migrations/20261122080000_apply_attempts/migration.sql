-- A delivery is held by the row lock of the transaction that applies it, and is free at once when its worker dies. What each worker
-- tries at the moment is noted apart, so that what kills workers is found out alone.
CREATE TABLE "apply_attempts" (
    "worker" UUID NOT NULL,
    "process" UUID NOT NULL,
    "pid" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "delivery_ids" UUID[],

    CONSTRAINT "apply_attempts_pkey" PRIMARY KEY ("worker")
);

ALTER TABLE "deliveries" RENAME COLUMN "claim_until" TO "alone_at";
ALTER TABLE "deliveries" DROP COLUMN "claimed_by";
UPDATE "deliveries" SET "alone_at" = now() WHERE "status" = 'received' AND "attempts" > 0;
UPDATE "deliveries" SET "alone_at" = NULL WHERE "status" = 'received' AND "attempts" = 0 AND "alone_at" IS NOT NULL;

DROP INDEX "deliveries_to_apply";
CREATE INDEX "deliveries_to_apply" ON "deliveries" ("received_at", "id") WHERE "status" = 'received' AND "alone_at" IS NULL;
CREATE INDEX "deliveries_to_apply_alone" ON "deliveries" ("alone_at", "id") WHERE "status" = 'received' AND "alone_at" IS NOT NULL;
