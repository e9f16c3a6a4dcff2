-- CreateTable
CREATE TABLE "seller_message" (
    "id" TEXT NOT NULL,
    "sellerId" TEXT NOT NULL,
    "listingId" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "sentAt" TIMESTAMPTZ NOT NULL,
    "receivedAt" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "seller_message_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "seller_message_listingId_sellerId_sentAt_idx" ON "seller_message"("listingId", "sellerId", "sentAt");
