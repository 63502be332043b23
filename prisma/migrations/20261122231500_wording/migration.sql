-- AlterTable
ALTER TABLE "estimate" ADD COLUMN     "description_fingerprint" TEXT,
ADD COLUMN     "summary_fingerprint" TEXT;
