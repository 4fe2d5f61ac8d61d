-- CreateTable
CREATE TABLE "imports" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "file" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'reading',
    "error" JSONB,
    "format" TEXT,
    "encoding" TEXT,
    "separator" TEXT,
    "headers" TEXT[],
    "signature" TEXT NOT NULL DEFAULT '',
    "mapping" JSONB NOT NULL DEFAULT '[]',
    "options" JSONB NOT NULL DEFAULT '{}',
    "columns" JSONB NOT NULL DEFAULT '[]',
    "total" INTEGER NOT NULL DEFAULT 0,
    "done" INTEGER NOT NULL DEFAULT 0,
    "actor_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "worked_at" TIMESTAMPTZ(3),

    CONSTRAINT "imports_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_rows" (
    "import_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "cells" TEXT[],
    "verdict" TEXT,
    "reasons" JSONB NOT NULL DEFAULT '[]',
    "outcome" TEXT,
    "made" JSONB,
    "undone" TEXT,

    CONSTRAINT "import_rows_pkey" PRIMARY KEY ("import_id","number")
);

-- CreateTable
CREATE TABLE "import_mappings" (
    "signature" TEXT NOT NULL,
    "mapping" JSONB NOT NULL,
    "options" JSONB NOT NULL,
    "used_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "import_mappings_pkey" PRIMARY KEY ("signature")
);

-- CreateTable
CREATE TABLE "exports" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "filter" JSONB NOT NULL DEFAULT '{}',
    "language" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "error" TEXT,
    "done" INTEGER NOT NULL DEFAULT 0,
    "parts" INTEGER NOT NULL DEFAULT 0,
    "size" BIGINT NOT NULL DEFAULT 0,
    "actor_id" UUID,
    "own_clients_only" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "worked_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "exports_pkey" PRIMARY KEY ("id")
);

-- AlterTable
ALTER TABLE "contact_edits" ADD COLUMN "import_id" UUID;

-- CreateIndex
CREATE INDEX "imports_created_at_id_idx" ON "imports"("created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "import_rows_import_id_verdict_number_idx" ON "import_rows"("import_id", "verdict", "number");

-- CreateIndex
CREATE INDEX "exports_expires_at_idx" ON "exports"("expires_at");

-- What is left to do, and what Prisma's schema cannot say.
CREATE INDEX "import_rows_to_do" ON "import_rows" ("import_id", "number") WHERE "outcome" IS NULL;

-- A company is found by its name whatever its quotes and gaps are.
CREATE INDEX "companies_key" ON "companies" (lower(btrim(regexp_replace(translate("name", '«»"„“”''', '       '), '\s+', ' ', 'g'))));
