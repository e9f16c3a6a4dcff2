-- AlterTable
ALTER TABLE "case" ADD COLUMN     "barredIds" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "case_decision" ADD COLUMN     "appealRuling" TEXT;

-- CreateTable
CREATE TABLE "seller_appeal" (
    "id" TEXT NOT NULL,
    "sellerId" TEXT NOT NULL,
    "legalId" TEXT NOT NULL,
    "caseDecisionId" TEXT NOT NULL,
    "caseId" TEXT NOT NULL,
    "appealCaseId" TEXT NOT NULL,
    "liveKey" TEXT,
    "state" TEXT NOT NULL,
    "statement" TEXT NOT NULL,
    "documents" JSONB NOT NULL,
    "campaigns" JSONB NOT NULL,
    "priorReviewerIds" TEXT[],
    "submittedBy" TEXT NOT NULL,
    "submittedAt" TIMESTAMPTZ NOT NULL,
    "dueAt" TIMESTAMPTZ NOT NULL,
    "history" JSONB NOT NULL,
    "reviewerId" TEXT,
    "ruledAt" TIMESTAMPTZ,
    "rulingDecisionId" TEXT,
    "lost" JSONB,
    "outOfCourt" JSONB,

    CONSTRAINT "seller_appeal_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "seller_appeal_appealCaseId_key" ON "seller_appeal"("appealCaseId");

-- CreateIndex
CREATE UNIQUE INDEX "seller_appeal_liveKey_key" ON "seller_appeal"("liveKey");

-- CreateIndex
CREATE INDEX "seller_appeal_sellerId_submittedAt_id_idx" ON "seller_appeal"("sellerId", "submittedAt" DESC, "id");

-- CreateIndex
CREATE INDEX "seller_appeal_caseId_idx" ON "seller_appeal"("caseId");

-- CreateIndex
CREATE INDEX "seller_appeal_state_ruledAt_idx" ON "seller_appeal"("state", "ruledAt");

-- CreateIndex
CREATE INDEX "seller_appeal_submittedAt_idx" ON "seller_appeal"("submittedAt");
