// What was done, to be undone: one step is all that one action changed. Pure.

const MOST = 200;

/** @returns {{did, undo, redo}} steps are lists of {row, column, before, after} */
export function makeHistory() {
  const [done, undone] = [[], []];
  return {
    did(step) {
      const changes = step.filter(({ before, after }) => before !== after);
      if (!changes.length) return;
      done.push(changes);
      undone.length = 0;
      if (done.length > MOST) done.shift();
    },
    /** What to write to go back one step: [{row, column, text}], null where there is none. */
    undo() {
      const step = done.pop();
      if (!step) return null;
      undone.push(step);
      return step.map(({ row, column, before }) => ({ row, column, text: before }));
    },
    redo() {
      const step = undone.pop();
      if (!step) return null;
      done.push(step);
      return step.map(({ row, column, after }) => ({ row, column, text: after }));
    },
  };
}
