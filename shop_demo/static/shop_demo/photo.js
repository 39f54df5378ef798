// Searches as soon as a photo is chosen. Without this script the button below it does.
document.querySelector('input[name="photo"]')?.addEventListener("change", ({ target }) => target.form.requestSubmit());
