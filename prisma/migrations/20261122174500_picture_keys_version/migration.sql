-- AlterTable
ALTER TABLE "picture" ADD COLUMN     "keysVersion" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "modelDigest" TEXT;

-- Keys begin with their version.
UPDATE "picture" SET "keysVersion" = get_byte("keys", 0) WHERE octet_length("keys") > 0;
