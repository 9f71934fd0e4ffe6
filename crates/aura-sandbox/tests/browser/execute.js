new Promise((done) => {
  const text = (place) => document.querySelector(place)?.textContent ?? "";
  const look = () => {
    const execute = document.querySelector("button.execute:not([data-clicked])");
    const isFilledIn = text("#key") && document.querySelector(".parameters input")?.value;
    if (execute && isFilledIn) {
      execute.dataset.clicked = "yes";
      execute.click();
    }
    const status = text(".live-responses-table .response .response-col_status");
    const body = text(".live-responses-table .response .response-col_description code");
    if (status && body) done(`${text("#key")} ${status} ${body}`);
    else setTimeout(look, 20);
  };
  look();
})
