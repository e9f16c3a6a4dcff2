-- CreateTable
CREATE TABLE "seller_kyb" (
    "sellerId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "kyb" TEXT NOT NULL,
    "recordedAt" TIMESTAMPTZ NOT NULL,
    "caseId" TEXT,

    CONSTRAINT "seller_kyb_pkey" PRIMARY KEY ("sellerId","version")
);

-- CreateIndex
CREATE INDEX "seller_kyb_kyb_caseId_idx" ON "seller_kyb"("kyb", "caseId");

-- What is said now of the sellers that are stored, from when it was received.
INSERT INTO "seller_kyb" ("sellerId", "version", "kyb", "recordedAt")
SELECT "id", "version", coalesce("payload"->>'kyb', 'PENDING'), "receivedAt" FROM "seller" WHERE NOT "isPlaceholder";
