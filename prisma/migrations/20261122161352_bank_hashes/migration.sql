-- AlterTable
ALTER TABLE "picture" ADD COLUMN     "md5" TEXT,
ADD COLUMN     "pdq" TEXT,
ADD COLUMN     "pdqQuality" INTEGER;

-- CreateTable
CREATE TABLE "bank_hash" (
    "id" TEXT NOT NULL,
    "bank" TEXT NOT NULL,
    "pdq" TEXT,
    "quality" INTEGER,
    "md5" TEXT,
    "label" TEXT NOT NULL,
    "list" TEXT NOT NULL,
    "rightsHolderId" TEXT,
    "markId" TEXT,
    "isEnabled" BOOLEAN NOT NULL DEFAULT true,
    "uploadedAt" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "bank_hash_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "bank_hash_bank_idx" ON "bank_hash"("bank");

-- The index of listed hashes follows its table, as the others do.
CREATE TRIGGER bank_hash_fed_insert AFTER INSERT ON bank_hash REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION assay_feed();
CREATE TRIGGER bank_hash_fed_update AFTER UPDATE ON bank_hash REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION assay_feed();
CREATE TRIGGER bank_hash_fed_delete AFTER DELETE ON bank_hash REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION assay_feed();
