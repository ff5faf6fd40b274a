// My reports: what waits on this phone stands above what has been sent.
"use strict";

(async () => {
  if (!("indexedDB" in window) || !(await estQueue.works())) return;
  // It goes back into the form, and that is another page.
  await estWaiting.begin((entry) => location.assign(`/report#correct-${entry.report_id}`));
})();
