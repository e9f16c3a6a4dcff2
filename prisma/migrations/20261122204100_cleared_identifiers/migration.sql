-- CreateTable
CREATE TABLE "cleared_identifier" (
    "accountId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "keyEpoch" INTEGER NOT NULL,
    "value" TEXT NOT NULL,
    "decisionId" TEXT NOT NULL,
    "clusterId" TEXT NOT NULL,
    "clearedAt" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "cleared_identifier_pkey" PRIMARY KEY ("accountId","kind","keyEpoch","value")
);

-- CreateIndex
CREATE INDEX "cleared_identifier_decisionId_idx" ON "cleared_identifier"("decisionId");

-- AddForeignKey
ALTER TABLE "cleared_identifier" ADD CONSTRAINT "cleared_identifier_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;
