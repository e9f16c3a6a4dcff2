-- CreateTable
CREATE TABLE "extortion_report" (
    "id" TEXT NOT NULL,
    "reviewId" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "sellerId" TEXT NOT NULL,
    "statement" TEXT NOT NULL,
    "quotes" TEXT[],
    "reportedBy" TEXT NOT NULL,
    "reportedAt" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "extortion_report_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "extortion_report_accountId_idx" ON "extortion_report"("accountId");

-- CreateIndex
CREATE UNIQUE INDEX "extortion_report_reviewId_sellerId_key" ON "extortion_report"("reviewId", "sellerId");
