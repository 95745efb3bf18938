// Progress of a job by server-sent events; everything else works without a script.
const job = document.getElementById("job");
if (job) {
  const events = new EventSource(job.dataset.events);
  events.onmessage = (message) => {
    const [state, done, total] = message.data.split(" ");
    const bar = job.querySelector("progress");
    if (Number(total) > 0) {
      bar.max = Number(total);
      bar.value = Number(done);
      document.getElementById("share").textContent = Math.floor(100 * done / total) + " %";
    }
    if (!["waiting", "running", "stopping"].includes(state)) { events.close(); window.location.reload(); }
  };
}
// A link into a text opens it first, and scrolls to the passage.
const openText = () => {
  const place = document.getElementById(window.location.hash.slice(1));
  const text = place && place.closest("details");
  if (text && !text.open) { text.open = true; }
  if (text) { place.scrollIntoView({ block: "center" }); }
};
window.addEventListener("hashchange", openText);
openText();
// A slider writes its size into the number field beside it.
for (const slider of document.querySelectorAll("input[type=range][data-top]")) {
  const field = document.getElementById(slider.dataset.for);
  const place = () => {
    const value = Number(field.value.replaceAll(",", ""));
    if (value > 0) { slider.value = 1000 * Math.log10(value) / slider.dataset.top; }
    slider.setAttribute("aria-valuetext", field.value || "not stated");
  };
  slider.hidden = false;
  slider.addEventListener("input", () => {
    field.value = Number((10 ** (slider.value / 1000 * slider.dataset.top)).toPrecision(3)).toFixed(0);
    slider.setAttribute("aria-valuetext", field.value);
  });
  field.addEventListener("input", place);
  place();
}
