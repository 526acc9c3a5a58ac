alter table identity.session
  add column on_device text,
  add foreign key (region, on_device) references identity.device (region, id);
create index session_on_device on identity.session (region, on_device) where on_device is not null;
comment on column identity.session.on_device is 'The enrolled device it was begun on: it counts there and nowhere else. Null for a browser of one''s own, where it counts nowhere but off devices.';
