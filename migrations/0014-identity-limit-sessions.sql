-- Sessions from before know neither their limit nor when somebody proved who they are: everybody signs in once more.
delete from identity.session;
alter table identity.session
  add column ref text not null,
  add column idle_seconds integer not null,
  add column device text not null,
  add column proved_at timestamptz not null;
create index session_of on identity.session (region, subject_kind, subject_id);
comment on column identity.session.ref is 'What its owner calls it by to end it; opens nothing.';
comment on column identity.session.idle_seconds is 'Without a request for so long it has ended.';
comment on column identity.session.device is 'Browser and system in a few words, for its owner to recognise; never the whole of what a browser says.';
comment on column identity.session.proved_at is 'When somebody last proved who they are in it; dangerous acts need that to be a moment ago.';
comment on column identity.session.last_seen is 'Coarse: moved at most once a minute, so that reading a page seldom writes.';
