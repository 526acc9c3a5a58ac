import type { ComponentChildren } from 'preact';
import { Icon } from '../icon/icon.tsx';

export type Task = {
  title: string;
  href?: string;
  /** Which office, how long. Words may be on several lines. */
  note?: ComponentChildren;
  /** A Tag, a DaysLeft. */
  state?: ComponentChildren;
  icon?: string;
};

/** Things to do, bring or follow: each with what it is on the left and how it stands on the right. */
export function TaskList({ tasks, label, numbered }: { tasks: Task[]; label?: string; numbered?: boolean }) {
  return (
    <ol class="tasks" aria-label={label}>
      {tasks.map((task, at) => (
        <li class={numbered || task.icon ? 'task task-marked' : 'task'}>
          {numbered ? (
            <span class="task-number">{at + 1}</span>
          ) : (
            task.icon && (
              <span class="task-icon">
                <Icon name={task.icon} />
              </span>
            )
          )}
          <div class="task-words">
            <p class="task-title">{task.href ? <a href={task.href}>{task.title}</a> : task.title}</p>
            {task.note && <p class="hint">{task.note}</p>}
          </div>
          {task.state && <div class="task-state">{task.state}</div>}
        </li>
      ))}
    </ol>
  );
}
