-- DropIndex
DROP INDEX "case_state_queue_priority_idx";

-- AlterTable
ALTER TABLE "case" ADD COLUMN     "appealUntil" TIMESTAMPTZ,
ADD COLUMN     "assigneeId" TEXT,
ADD COLUMN     "claimedAt" TIMESTAMPTZ,
ADD COLUMN     "confidence01" DOUBLE PRECISION NOT NULL DEFAULT 1,
ADD COLUMN     "decidedAt" TIMESTAMPTZ,
ADD COLUMN     "enforceAt" TIMESTAMPTZ,
ADD COLUMN     "exposure" DOUBLE PRECISION NOT NULL DEFAULT 0,
ADD COLUMN     "holdReason" TEXT,
ADD COLUMN     "language" TEXT,
ADD COLUMN     "level" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "market" TEXT,
ADD COLUMN     "mergedIntoId" TEXT,
ADD COLUMN     "priorReviewers" TEXT[],
ADD COLUMN     "proposedBy" TEXT;

-- AlterTable
ALTER TABLE "case_event" ADD COLUMN     "feedSeq" BIGSERIAL NOT NULL,
ADD COLUMN     "feedXid" BIGINT NOT NULL DEFAULT ((pg_current_xact_id())::text)::bigint;

-- AlterTable
ALTER TABLE "decision" ADD COLUMN     "caseDecisionId" TEXT,
ADD COLUMN     "reversedAt" TIMESTAMPTZ;

-- AlterTable
ALTER TABLE "session" ADD COLUMN     "reach" JSONB,
ADD COLUMN     "role" TEXT;

-- CreateTable
CREATE TABLE "case_decision" (
    "id" TEXT NOT NULL,
    "caseId" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "decidedBy" TEXT NOT NULL,
    "decidedByName" TEXT NOT NULL,
    "decidedAt" TIMESTAMPTZ NOT NULL,
    "undoUntil" TIMESTAMPTZ NOT NULL,
    "reason" TEXT NOT NULL,
    "violationType" TEXT,
    "actions" TEXT[],
    "automation" TEXT NOT NULL,
    "request" JSONB NOT NULL,
    "queue" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "handlingMs" INTEGER,
    "secondReviewWhy" TEXT,
    "secondBy" TEXT,
    "secondVerdict" TEXT,
    "secondNote" TEXT,
    "secondAt" TIMESTAMPTZ,
    "bulkId" TEXT,
    "enforcedAt" TIMESTAMPTZ,
    "reversedBy" TEXT,
    "reversedAt" TIMESTAMPTZ,
    "reversalNote" TEXT,
    "rulesetDigest" TEXT NOT NULL,

    CONSTRAINT "case_decision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "statement" (
    "puid" TEXT NOT NULL,
    "caseDecisionId" TEXT NOT NULL,
    "sellerId" TEXT,
    "subjectKind" TEXT NOT NULL,
    "subjectId" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ NOT NULL,
    "withdrawnAt" TIMESTAMPTZ,

    CONSTRAINT "statement_pkey" PRIMARY KEY ("puid")
);

-- CreateTable
CREATE TABLE "macro" (
    "id" TEXT NOT NULL,
    "ownerId" TEXT NOT NULL,
    "isShared" BOOLEAN NOT NULL,
    "payload" JSONB NOT NULL,
    "updatedAt" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "macro_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "saved_view" (
    "id" TEXT NOT NULL,
    "ownerId" TEXT NOT NULL,
    "isShared" BOOLEAN NOT NULL,
    "payload" JSONB NOT NULL,
    "updatedAt" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "saved_view_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "quality_look" (
    "id" TEXT NOT NULL,
    "caseId" TEXT NOT NULL,
    "caseDecisionId" TEXT,
    "goldenId" TEXT,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "why" TEXT NOT NULL,
    "queue" TEXT NOT NULL,
    "violationType" TEXT NOT NULL,
    "firstBy" TEXT NOT NULL,
    "first" JSONB NOT NULL,
    "secondBy" TEXT,
    "second" JSONB,
    "note" TEXT,
    "takenUntil" TIMESTAMPTZ,
    "createdAt" TIMESTAMPTZ NOT NULL,
    "dueAt" TIMESTAMPTZ NOT NULL,
    "answeredAt" TIMESTAMPTZ,
    "settledBy" TEXT,
    "holds" TEXT,

    CONSTRAINT "quality_look_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "golden_case" (
    "id" TEXT NOT NULL,
    "caseId" TEXT NOT NULL,
    "expected" JSONB NOT NULL,
    "why" TEXT NOT NULL,
    "madeBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "golden_case_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person" (
    "id" TEXT NOT NULL,
    "login" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "reach" JSONB NOT NULL,
    "preferences" JSONB NOT NULL,
    "passwordHash" TEXT,
    "mustChangePassword" BOOLEAN NOT NULL DEFAULT false,
    "totpSecret" TEXT,
    "totpConfirmedAt" TIMESTAMPTZ,
    "totpLastStep" BIGINT,
    "oidcSubject" TEXT,
    "failedSignIns" INTEGER NOT NULL DEFAULT 0,
    "lockedUntil" TIMESTAMPTZ,
    "disabledAt" TIMESTAMPTZ,
    "createdAt" TIMESTAMPTZ NOT NULL,
    "lastSignInAt" TIMESTAMPTZ,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "case_decision_caseId_idx" ON "case_decision"("caseId");

-- CreateIndex
CREATE INDEX "case_decision_decidedAt_idx" ON "case_decision"("decidedAt");

-- CreateIndex
CREATE INDEX "case_decision_bulkId_idx" ON "case_decision"("bulkId");

-- CreateIndex
CREATE INDEX "case_decision_violationType_decidedAt_idx" ON "case_decision"("violationType", "decidedAt");

-- CreateIndex
CREATE INDEX "statement_caseDecisionId_idx" ON "statement"("caseDecisionId");

-- CreateIndex
CREATE INDEX "statement_sellerId_createdAt_idx" ON "statement"("sellerId", "createdAt");

-- CreateIndex
CREATE INDEX "macro_ownerId_idx" ON "macro"("ownerId");

-- CreateIndex
CREATE INDEX "saved_view_ownerId_idx" ON "saved_view"("ownerId");

-- CreateIndex
CREATE INDEX "quality_look_state_dueAt_idx" ON "quality_look"("state", "dueAt");

-- CreateIndex
CREATE INDEX "quality_look_answeredAt_idx" ON "quality_look"("answeredAt");

-- CreateIndex
CREATE UNIQUE INDEX "quality_look_caseDecisionId_kind_key" ON "quality_look"("caseDecisionId", "kind");

-- CreateIndex
CREATE UNIQUE INDEX "golden_case_caseId_key" ON "golden_case"("caseId");

-- CreateIndex
CREATE UNIQUE INDEX "person_login_key" ON "person"("login");

-- CreateIndex
CREATE UNIQUE INDEX "person_oidcSubject_key" ON "person"("oidcSubject");

-- CreateIndex
CREATE INDEX "case_state_priority_openedAt_id_idx" ON "case"("state", "priority" DESC, "openedAt", "id");

-- CreateIndex
CREATE INDEX "case_state_queue_priority_openedAt_id_idx" ON "case"("state", "queue", "priority" DESC, "openedAt", "id");

-- CreateIndex
CREATE INDEX "case_leaseUntil_idx" ON "case"("leaseUntil");

-- CreateIndex
CREATE INDEX "case_enforceAt_idx" ON "case"("enforceAt");

-- CreateIndex
CREATE INDEX "case_violationType_decidedAt_idx" ON "case"("violationType", "decidedAt");

-- CreateIndex
CREATE INDEX "case_event_feedXid_feedSeq_idx" ON "case_event"("feedXid", "feedSeq");

-- CreateIndex
CREATE INDEX "case_event_type_at_idx" ON "case_event"("type", "at");

-- CreateIndex
CREATE INDEX "decision_caseDecisionId_idx" ON "decision"("caseDecisionId");

-- CreateIndex
CREATE INDEX "decision_checkId_idx" ON "decision"("checkId");

-- CreateIndex
CREATE INDEX "session_personId_idx" ON "session"("personId");

-- AddForeignKey
ALTER TABLE "case_decision" ADD CONSTRAINT "case_decision_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "case"("id") ON DELETE CASCADE ON UPDATE CASCADE;
