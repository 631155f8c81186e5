// What is behind the summary "Test request" is loaded when it is opened.
(() => {
  const details = document.getElementById("try");
  if (!details) {
    return;
  }
  const start = async () => {
    details.removeEventListener("toggle", start);
    const { tryIn } = await import("/trying.js");
    await tryIn(document.getElementById("trying"), document.body.dataset.operation);
  };
  details.addEventListener("toggle", start);
  if (details.open) {
    start();
  }
})();
