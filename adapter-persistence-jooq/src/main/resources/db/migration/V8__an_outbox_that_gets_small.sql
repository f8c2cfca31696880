-- After an outage the file gets small again when nothing is left at its end. What was marked last may be kept for
-- somebody's snapshot when all else is cleaned up; then it is too little to be cleaned up later, or to clean the index
-- for, unless it is said so.

alter table outbox set (autovacuum_vacuum_threshold = 0, vacuum_index_cleanup = on);
