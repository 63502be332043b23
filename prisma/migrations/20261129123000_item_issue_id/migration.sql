-- AlterTable
ALTER TABLE "item" ADD COLUMN "issue_id" TEXT;
