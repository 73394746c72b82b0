// Run once by the mongo image on an empty volume: one account per process, each for its own database only.
const { MONGO_NOTIFICATIONS_PASSWORD: notifications, MONGO_STOREFRONT_PASSWORD: storefront } = process.env;
if (!notifications || !storefront) {
  print('MONGO_NOTIFICATIONS_PASSWORD and MONGO_STOREFRONT_PASSWORD are empty: run `npm run secrets` first');
  quit(1);
}
const account = (name, pwd, database) =>
  db.getSiblingDB(database).createUser({
    user: name,
    pwd,
    roles: [
      { role: 'readWrite', db: database },
      { role: 'dbAdmin', db: database },
    ],
  });
account('notifications', notifications, 'notifications');
account('storefront', storefront, 'storefront');
