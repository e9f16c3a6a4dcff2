-- AlterTable
ALTER TABLE "picture" ADD COLUMN     "text" JSONB;
