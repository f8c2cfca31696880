-- Events in the order of their time: next to nothing to keep, enough to find the old ones.
create index user_events_by_time on user_events using brin (at) with (pages_per_range = 32, autosummarize = on);
