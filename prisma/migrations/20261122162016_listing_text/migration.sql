-- CreateTable
CREATE TABLE "listing_text" (
    "listingId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "terms" INTEGER[],
    "sketch" INTEGER[],

    CONSTRAINT "listing_text_pkey" PRIMARY KEY ("listingId")
);

-- CreateTable
CREATE TABLE "mark_text" (
    "markId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "sketch" INTEGER[],

    CONSTRAINT "mark_text_pkey" PRIMARY KEY ("markId","position")
);

-- CreateIndex
CREATE INDEX "listing_text_terms_idx" ON "listing_text" USING GIN ("terms");

-- CreateIndex
CREATE INDEX "listing_text_sketch_idx" ON "listing_text" USING GIN ("sketch");

-- CreateIndex
CREATE INDEX "mark_text_sketch_idx" ON "mark_text" USING GIN ("sketch");

-- AddForeignKey
ALTER TABLE "listing_text" ADD CONSTRAINT "listing_text_listingId_fkey" FOREIGN KEY ("listingId") REFERENCES "listing"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mark_text" ADD CONSTRAINT "mark_text_markId_fkey" FOREIGN KEY ("markId") REFERENCES "mark"("id") ON DELETE CASCADE ON UPDATE CASCADE;
