-- AlterTable
ALTER TABLE "case" ADD COLUMN     "assignedUntil" TIMESTAMPTZ,
ADD COLUMN     "disagreedBy" TEXT;
