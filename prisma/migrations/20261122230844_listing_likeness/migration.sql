-- CreateTable
CREATE TABLE "listing_likeness" (
    "listingId" TEXT NOT NULL,
    "otherListingId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "likeness01" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "listing_likeness_pkey" PRIMARY KEY ("listingId","otherListingId","kind")
);

-- CreateIndex
CREATE INDEX "listing_likeness_otherListingId_idx" ON "listing_likeness"("otherListingId");

-- AddForeignKey
ALTER TABLE "listing_likeness" ADD CONSTRAINT "listing_likeness_listingId_fkey" FOREIGN KEY ("listingId") REFERENCES "listing"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "listing_likeness" ADD CONSTRAINT "listing_likeness_otherListingId_fkey" FOREIGN KEY ("otherListingId") REFERENCES "listing"("id") ON DELETE CASCADE ON UPDATE CASCADE;
