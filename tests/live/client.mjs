/**
 * The real socket.io-client as a phone, told what to do by lines on standard input, telling what happens on standard output.
 *
 *   node client.mjs URL CODE COOKIE TRANSPORTS
 */
import { createInterface } from "node:readline";
import { io } from "socket.io-client";

const [url, code, cookie, transports] = process.argv.slice(2);
const say = (/** @type {object} */ what) => process.stdout.write(`${JSON.stringify(what)}\n`);

const socket = io(`${url}/participant`, {
  auth: { code, lang: "en" },
  transports: transports.split(","),
  extraHeaders: { Cookie: cookie },
  reconnectionDelay: 50,
  reconnectionDelayMax: 200,
});

socket.on("connect", () => {
  const { engine } = socket.io;
  const upgraded = () => say({ event: "upgrade", transport: engine.transport.name });
  say({ event: "connect" });
  if (engine.transport.name === "websocket") upgraded();
  else engine.once("upgrade", upgraded);
});
socket.on("connect_error", (error) => say({ event: "connect_error", message: error.message, data: error.data }));
socket.on("disconnect", (reason) => say({ event: "disconnect", reason }));
socket.on("stage", (stage) => say({ event: "stage", version: stage.version }));

createInterface({ input: process.stdin }).on("line", async (line) => {
  const [name, body] = JSON.parse(line);
  if (name === "leave") socket.disconnect();
  else if (name === "send") socket.emit(body.name, Buffer.from(body.binary));
  else say({ event: "ack", ack: await socket.emitWithAck(name, body) });
});
