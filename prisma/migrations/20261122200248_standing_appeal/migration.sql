-- CreateTable
CREATE TABLE "standing_appeal" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "about" TEXT[],
    "statement" TEXT NOT NULL,
    "submittedBy" TEXT NOT NULL,
    "submittedAt" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "standing_appeal_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "standing_appeal_accountId_idx" ON "standing_appeal"("accountId");
