-- AlterTable
ALTER TABLE "credit_snapshot" DROP COLUMN "risingSince",
DROP COLUMN "risingTo";

-- AlterTable
ALTER TABLE "event" ADD COLUMN     "xid" BIGINT NOT NULL DEFAULT ((pg_current_xact_id())::text)::bigint;

-- AlterTable
ALTER TABLE "review" ADD COLUMN     "orderId" TEXT;

-- CreateIndex
CREATE INDEX "event_xid_seq_idx" ON "event"("xid", "seq");

-- CreateIndex
CREATE INDEX "review_orderId_idx" ON "review"("orderId");
