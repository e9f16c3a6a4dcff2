-- AlterTable
ALTER TABLE "ring" ADD COLUMN     "evidence" JSONB,
ADD COLUMN     "keptAccountIds" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "probability" DOUBLE PRECISION,
ADD COLUMN     "splitAt" TIMESTAMPTZ,
ADD COLUMN     "splitDecisionId" TEXT,
ADD COLUMN     "summary" TEXT,
ADD COLUMN     "violationType" TEXT;
