// What is typed is looked up while one types.

// what is typed is looked up by the form's second button; its answer is said beside
const lookUp = (field, whole) => {
  const said = document.getElementById(field.id + "-etat");
  const button = field.form.querySelector("[formaction]");
  let timer = 0;
  let turn = 0;
  const ask = async () => {
    const mine = ++turn;
    const form = new FormData(field.form);
    const body = new URLSearchParams({ _jeton: form.get("_jeton"), [field.name]: field.value });
    try {
      const answer = await fetch(button.formAction, { method: "POST", body, headers: { Accept: "application/json" } });
      if (mine !== turn) return;
      if (!answer.ok) {
        said.textContent = answer.status === 401 ? said.dataset.one : said.dataset.other;
        return;
      }
      const { state, text } = await answer.json();
      said.textContent = text;
      said.dataset.state = state;
    } catch {
      if (mine === turn) said.textContent = said.dataset.other;
    }
  };
  const typed = () => {
    clearTimeout(timer);
    turn++;
    said.textContent = "";
    if (whole.test(field.value.trim())) timer = setTimeout(ask, 500);
  };
  field.addEventListener("input", typed);
  // who types fast is done before this file has come
  if (field.value !== field.defaultValue) typed();
};

// the mail for documents is looked up while it is typed; saving checks it again
export const secured = (field) => { lookUp(field, /^[^@\s]+@[^@\s]+\.[^@\s]+$/); };

// a GLN is looked up in the registers while it is typed: «Est-ce vous ?»
export const registered = (field) => { lookUp(field, /^(\s*\d){13}$/); };
