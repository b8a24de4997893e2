// nodemailer at its best: a pool that never waits, a compiled Handlebars template, one message in flight a connection.
"use strict";
const fs = require("node:fs");
const Handlebars = require("handlebars");
const nodemailer = require("nodemailer");

const [port, count, connections, folder] = process.argv.slice(2);
const html = Handlebars.compile(fs.readFileSync(`${folder}/body.hbs`, "utf8"));
const text = Handlebars.compile(fs.readFileSync(`${folder}/text.hbs`, "utf8"));
const subject = Handlebars.compile("News for {{first_name}}");
const person = JSON.parse(fs.readFileSync(`${folder}/person.json`, "utf8"));
const transport = nodemailer.createTransport({
  pool: true, host: "127.0.0.1", port: Number(port), secure: false, ignoreTLS: true,
  maxConnections: Number(connections), maxMessages: Infinity,
});
let next = 0;
const started = process.hrtime.bigint();
async function work() {
  while (next < Number(count)) {
    const n = ++next;
    const fields = { ...person, first_name: `Name ${n}`, token: `t${n}`.padEnd(60, "x") };
    await transport.sendMail({
      from: '"Shop" <shop@shop.example>', to: `p${n}@w.example`, subject: subject(fields),
      html: html(fields), text: text(fields),
      headers: {
        "List-Unsubscribe": `<https://m.example.com/u/${fields.token}>`,
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
      },
    });
  }
}
Promise.all(Array.from({ length: Number(connections) }, work)).then(() => {
  console.log(Number(process.hrtime.bigint() - started) / 1e9);
  transport.close();
});
