/// The program: `tasks-serve`.
package func tasksServe() {}
