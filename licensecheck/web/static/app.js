// Progress of a job by server-sent events; everything else works without a script.
const job = document.getElementById("job");
if (job) {
  const events = new EventSource(job.dataset.events);
  events.onmessage = (message) => {
    const [state, done, total] = message.data.split(" ");
    document.getElementById("share").textContent = done + " of " + total;
    const bar = job.querySelector("progress");
    if (Number(total) > 0) { bar.max = Number(total); bar.value = Number(done); }
    if (state !== "waiting" && state !== "running") { events.close(); window.location.reload(); }
  };
}
// A link into a full text opens it first.
const openText = () => {
  const place = document.getElementById(decodeURIComponent(window.location.hash.slice(1))) || document.getElementById(window.location.hash.slice(1));
  const text = place && place.closest("details");
  if (text && !text.open) { text.open = true; place.scrollIntoView(); }
};
window.addEventListener("hashchange", openText);
openText();
