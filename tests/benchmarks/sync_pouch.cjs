// PouchDB (client) and express-pouchdb (server, minimal mode) doing the steps of sync.md §17; each answer is one line of JSON.
const fs = require("fs"), path = require("path");
const PouchDB = require("pouchdb");
const folder = process.env.FOLDER, blobs = Number(process.env.BLOBS);
const TRIES = 10;

async function serve() {
  const express = require("express");
  const Stored = PouchDB.defaults({ prefix: path.join(folder, "server") + path.sep });
  fs.mkdirSync(path.join(folder, "server"), { recursive: true });
  const app = express();
  app.use("/", require("express-pouchdb")(Stored, { mode: "minimumForPouchDB", inMemoryConfig: true, logPath: path.join(folder, "log") }));
  const server = app.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
}

async function work() {
  const records = JSON.parse(fs.readFileSync(path.join(folder, "records.json"), "utf8"));
  const first = new PouchDB(path.join(folder, "first")), second = new PouchDB(path.join(folder, "second"));
  const docs = records.map((record, i) => ({ _id: `insp-${String(i).padStart(5, "0")}`, ...record }));
  for (let i = 0; i < blobs; i++) {
    const doc = docs[Math.floor((i * docs.length) / blobs) % docs.length];
    doc._attachments = { ...doc._attachments, [`blob${i}`]: { content_type: "image/jpeg", data: fs.readFileSync(path.join(folder, `blob${i}`)) } };
  }
  for (let i = 0; i < docs.length; i += 100) await first.bulkDocs(docs.slice(i, i + 100));
  const remote = new PouchDB(`${process.env.URL}/bench`);
  const push = () => first.replicate.to(remote, { batch_size: 100 });
  const pull = () => second.replicate.from(remote, { batch_size: 100 });

  async function tries() { // as a laptop on a broken line: again and again, each try from its checkpoint
    for (let made = 1; made <= TRIES; made++) {
      try { await push(); return made; } catch { /* the line was cut */ }
    }
    return TRIES;
  }

  console.log("READY");
  for await (const line of require("readline").createInterface({ input: process.stdin })) {
    if (line === "edit-all push") {
      const all = await first.allDocs({ include_docs: true });
      await first.bulkDocs(all.rows.map((row) => ({ ...row.doc, q005: "changed" })));
    }
    const begun = process.hrtime.bigint();
    let rounds = 1;
    if (line === "tries") rounds = await tries();
    else if (line === "count") console.log(JSON.stringify({ wall: 0, arrived: (await new PouchDB(`${process.env.DIRECT}/bench`).info()).doc_count }));
    else await (line.endsWith("push") ? push() : pull());
    if (line !== "count") console.log(JSON.stringify({ wall: Number(process.hrtime.bigint() - begun) / 1e9, rounds }));
  }
}

(process.argv[2] === "server" ? serve() : work()).catch((error) => { console.error(error); process.exit(1); });
