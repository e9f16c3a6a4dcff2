-- AlterTable
ALTER TABLE "check" ADD COLUMN     "context" JSONB,
ADD COLUMN     "shadowDigest" TEXT;

-- AlterTable
ALTER TABLE "ruleset" ADD COLUMN     "authorId" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "authorName" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "backtest" JSONB,
ADD COLUMN     "note" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "shadowSince" TIMESTAMPTZ,
ADD COLUMN     "source" TEXT NOT NULL DEFAULT 'PERSON',
ADD COLUMN     "testReport" JSONB,
ADD COLUMN     "tests" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "wasPublished" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "ruleset_move" (
    "id" BIGSERIAL NOT NULL,
    "digest" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "from" TEXT NOT NULL,
    "to" TEXT NOT NULL,
    "byId" TEXT NOT NULL,
    "byName" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "ruleset_move_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "shadow_difference" (
    "rulesetDigest" TEXT NOT NULL,
    "checkId" TEXT NOT NULL,
    "subjectKind" TEXT NOT NULL,
    "subjectId" TEXT NOT NULL,
    "sellerId" TEXT,
    "from" TEXT NOT NULL,
    "to" TEXT NOT NULL,
    "why" TEXT NOT NULL,
    "at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "shadow_difference_pkey" PRIMARY KEY ("rulesetDigest","checkId")
);

-- CreateTable
CREATE TABLE "automatic_measure" (
    "checkId" TEXT NOT NULL,
    "sellerId" TEXT,
    "ruleIds" TEXT[],
    "at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "automatic_measure_pkey" PRIMARY KEY ("checkId")
);

-- CreateTable
CREATE TABLE "breaker_trip" (
    "by" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "hour" TIMESTAMPTZ NOT NULL,
    "why" TEXT NOT NULL,
    "firstAt" TIMESTAMPTZ NOT NULL,
    "stopped" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "breaker_trip_pkey" PRIMARY KEY ("by","key","hour")
);

-- CreateIndex
CREATE INDEX "ruleset_move_digest_idx" ON "ruleset_move"("digest");

-- CreateIndex
CREATE INDEX "shadow_difference_rulesetDigest_at_idx" ON "shadow_difference"("rulesetDigest", "at");

-- CreateIndex
CREATE INDEX "automatic_measure_at_idx" ON "automatic_measure"("at");

-- CreateIndex
CREATE INDEX "breaker_trip_firstAt_idx" ON "breaker_trip"("firstAt");

-- CreateIndex
CREATE INDEX "check_finishedAt_id_idx" ON "check"("finishedAt", "id");

-- CreateIndex
CREATE INDEX "check_shadowDigest_idx" ON "check"("shadowDigest");
