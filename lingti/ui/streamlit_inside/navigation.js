  // Streamlit runs the page again when the browser says that it went back or on in its history.
  again() {
    dispatchEvent(new PopStateEvent("popstate"));
  },
