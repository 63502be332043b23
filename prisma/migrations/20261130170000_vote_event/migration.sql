-- The revision of a vote's newest event: when the vote changes, that event goes from the log. Null: not known, nothing goes.
ALTER TABLE "vote" ADD COLUMN "revision" INTEGER;
