-- A reason or a question that comes with a vote, as hidden as its card.
ALTER TABLE "vote" ADD COLUMN "note" TEXT;
