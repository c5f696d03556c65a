// What every page of the desk has; everything works without it too.
document.documentElement.classList.add("scripted");
