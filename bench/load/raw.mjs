/**
 * The yardstick: a bare WebSocket server on the `ws` package that echoes, and sends to everybody when told "all N".
 *
 * What a server of phones can reach at most on this machine, in the same run.
 */
import { WebSocketServer } from "ws";

const server = new WebSocketServer({ port: Number(process.argv[2]), host: "127.0.0.1", perMessageDeflate: false, backlog: 4096 });

server.on("connection", (client) => {
  client.on("message", (data) => {
    const text = data.toString();
    if (text.startsWith("all ")) {
      const message = "x".repeat(Number(text.slice(4)));
      for (const each of server.clients) each.send(message);
    } else {
      client.send(text);
    }
  });
});
server.on("listening", () => process.stdout.write("ready\n"));
