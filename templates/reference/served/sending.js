// What is asked of our own server, and nothing else: this page can reach no other.

const about = JSON.parse(document.getElementById("served").textContent);

export const { servers } = about;

/** What the server says to a request whose body is this JSON; an error says why there is nothing. */
export const ask = async (path, text, signal) => {
  const answer = await fetch(path, {
    method: "POST", body: text, signal, headers: { "content-type": "application/json", "x-specwright-token": about.token },
  }).catch((error) => {
    if (error.name === "AbortError") throw error;
    throw new Error("The server does not answer. Was it stopped?");
  });
  const type = answer.headers.get("content-type") ?? "";
  const said = type.startsWith("application/json") ? await answer.json() : { problem: await answer.text() };
  if (!answer.ok) throw new Error(said.problem);
  return said;
};
